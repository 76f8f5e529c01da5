import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { type Localize, msg } from "../../text/message.js";
import type { Change } from "../workspace-edit.js";

/** What comes of a command. */
export type Outcome =
  /** It cannot be done, for this reason, in the user's language. */
  | { readonly problem: string }
  /** Files are to be changed; `result` says more than which. */
  | { readonly label: string; readonly change: Change; readonly result?: object; readonly show?: string }
  /** The answer itself; `show` is shown to the user. */
  | { readonly result: unknown; readonly show?: string };

/** Runs a command with its one argument, which may be anything. */
export type RunCommand = (argument: unknown) => Outcome | Promise<Outcome>;

/** A command whose argument is checked. @throws {ResponseError} where the argument is none of its */
export function command<P>(
  localize: Localize,
  accepts: (value: unknown) => value is P,
  run: (params: P) => Outcome | Promise<Outcome>,
): RunCommand {
  return (argument) => {
    if (accepts(argument)) return run(argument);
    const message = localize(msg("The command does not take this argument: see docs/editors.md."));
    throw new ResponseError(ErrorCodes.InvalidParams, message);
  };
}
