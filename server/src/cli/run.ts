import { CommanderError } from "commander";
import { type ExitCode, exitCodes, FailedError, UsageError } from "./exit.js";
import { createProgram } from "./program.js";
import { printable } from "./terminal.js";

// The code is set, not exited with: what is written to a pipe may still be under way.
const finish = (code: ExitCode) => {
  process.exitCode = code;
};

// A reader that has seen enough, such as head, closes the pipe.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

createProgram(finish)
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) finish(error.exitCode === 0 ? exitCodes.clean : exitCodes.wrongUse);
    else if (error instanceof UsageError) complain(error.message, exitCodes.wrongUse);
    else if (error instanceof FailedError) complain(error.message, exitCodes.failed);
    else complain(`runner-proxy failed: ${error instanceof Error ? error.stack : String(error)}`, exitCodes.failed);
  });

function complain(message: string, code: ExitCode): void {
  for (const line of message.split("\n")) process.stderr.write(`${printable(line)}\n`);
  finish(code);
}
