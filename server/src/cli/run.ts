import { CommanderError } from "commander";
import { type ExitCode, exitCodes, FailedError, UsageError } from "./exit.js";
import { createProgram } from "./program.js";
import { printable } from "./terminal.js";

// The code is set, not exited with: what is written to a pipe may still be under way.
const finish = (code: ExitCode) => {
  process.exitCode = code;
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as head, closes the pipe.
    if (error.code === "EPIPE") return;
    if (stream === process.stdout) complain(`standard output cannot be written: ${error.message}`, exitCodes.failed);
    // Whatever was to come, half a report is none.
    process.once("exit", () => finish(exitCodes.failed));
  });
}

createProgram(finish)
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) finish(error.exitCode === 0 ? exitCodes.clean : exitCodes.wrongUse);
    else if (error instanceof UsageError) complain(error.message, exitCodes.wrongUse);
    else if (error instanceof FailedError) complain(error.message, exitCodes.failed);
    else if (isRefusal(error)) complain(`runner-proxy failed: ${error.message}`, exitCodes.failed);
    else complain(`runner-proxy failed: ${error instanceof Error ? error.stack : String(error)}`, exitCodes.failed);
  });

/** A call of the operating system failed, such as for a working directory that is gone: where in the program says nothing. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

function complain(message: string, code: ExitCode): void {
  for (const line of message.split("\n")) process.stderr.write(`${printable(line)}\n`);
  finish(code);
}
