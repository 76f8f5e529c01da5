import { type DindScriptRequest, isDindScriptRequest } from "./generate.js";
import type { Position, Range } from "./places.js";
import { fieldOf, hasTexts, isMissingOr, isPosition } from "./validate.js";

export interface ReadEmbeddedParams {
  readonly uri: string;
  /** A place in the script whose JSON is wanted. */
  readonly position?: Position;
  /** The JSON itself, by the id that it was read with. */
  readonly id?: string;
}

/** JSON of a script as a document of its own, or the reason why there is none, in the user's language. */
export type ReadEmbeddedResult =
  | {
      readonly id: string;
      /** The script's key. */
      readonly label: string;
      readonly text: string;
      /** To be handed back with what is to be written; stays the same as long as the JSON in the script does. */
      readonly version: string;
    }
  | { readonly problem: string };

export interface WriteEmbeddedParams {
  readonly uri: string;
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

/** The edits of the file, for the version of it that the server had, and the version of the JSON that they make. */
export type WriteEmbeddedResult =
  | { readonly edits: readonly { readonly range: Range; readonly newText: string }[]; readonly version: string }
  | { readonly problem: string };

/** Whether a value from outside is a {@link WriteEmbeddedParams}. */
export function isWriteEmbeddedParams(value: unknown): value is WriteEmbeddedParams {
  return hasTexts(value, ["uri", "id", "version", "text"]);
}

/** Whether a value from outside is a {@link ReadEmbeddedParams}. */
export function isReadEmbeddedParams(value: unknown): value is ReadEmbeddedParams {
  return hasTexts(value, ["uri"], ["id"]) && isMissingOr(isPosition, fieldOf(value, "position"));
}

export interface ScriptParams {
  readonly uri: string;
  /** A place in the script; where none leads to one, the only one of the file that writes Docker's JSON is meant. */
  readonly position?: Position;
}

/** Whether a value from outside is a {@link ScriptParams}. */
export function isScriptParams(value: unknown): value is ScriptParams {
  return hasTexts(value, ["uri"]) && isMissingOr(isPosition, fieldOf(value, "position"));
}

/** A script layer by layer, redacted, as Markdown; or the reason why there is none, in the user's language. */
export type DecodedScriptResult = { readonly title: string; readonly text: string } | { readonly problem: string };

/** What to ask of the generator to get a script anew, and its place; or why that is not known, in the user's language. */
export type RegenerationResult =
  | { readonly request: DindScriptRequest; readonly position: Position }
  | { readonly problem: string };

/** A script that is to be generated anew: as it is, or as the request says. */
export interface RegenerateParams extends ScriptParams {
  readonly request?: DindScriptRequest;
}

/** Whether a value from outside is a {@link RegenerateParams}. */
export function isRegenerateParams(value: unknown): value is RegenerateParams {
  return isScriptParams(value) && isMissingOr(isDindScriptRequest, fieldOf(value, "request"));
}
