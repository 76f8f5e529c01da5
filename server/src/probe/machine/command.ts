import { execFile } from "node:child_process";
import { type Message, msg } from "../../text/message.js";

/** A program to be run as it is, without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export type CommandResult =
  | { readonly kind: "ended"; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "missing" }
  | { readonly kind: "timeout" }
  | { readonly kind: "failed"; readonly reason: string };

/** @throws the signal's reason when it is aborted */
export type RunCommand = (command: Command) => Promise<CommandResult>;

/** Far above what the commands of the steps print. */
const outputLimit = 1024 * 1024;

/**
 * @param timeout milliseconds
 * @param show is given the line of each command before it is run
 */
export function commandRunner(timeout: number, signal: AbortSignal, show: (line: string) => void): RunCommand {
  return (command) => {
    signal.throwIfAborted();
    show(lineOf(command));
    const { file, args, env } = command;
    return new Promise((resolve, reject) => {
      const options = { timeout, signal, maxBuffer: outputLimit, env: { ...process.env, LC_ALL: "C", ...env } };
      execFile(file, args, options, (error, stdout, stderr) => {
        if (signal.aborted) reject(signal.reason);
        else if (!error) resolve({ kind: "ended", code: 0, stdout, stderr });
        else if (error.code === "ENOENT") resolve({ kind: "missing" });
        else if (typeof error.code === "number") resolve({ kind: "ended", code: error.code, stdout, stderr });
        else if (error.killed === true) resolve({ kind: "timeout" });
        else resolve({ kind: "failed", reason: error.message });
      });
    });
  };
}

/** Why a program told nothing. */
export function silence(result: Exclude<CommandResult, { kind: "ended" }>, program: string): Message {
  switch (result.kind) {
    case "missing":
      return msg("There is no {0} command here.", program);
    case "timeout":
      return msg("{0} did not answer in time.", program);
    case "failed":
      return msg("{0} does not start: {1}", program, result.reason);
  }
}

/** The command as one would type it. */
export function lineOf({ file, args, env = {} }: Command): string {
  return [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    file,
    ...args.map(shellWord),
  ].join(" ");
}

/** A word that a shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
