import type { Command } from "commander";

export function addLsp(program: Command): void {
  program
    .command("lsp")
    .description("Run the language server for an editor.")
    .requiredOption("--stdio", "speak over standard input and output")
    .action(async () => {
      // It reads --stdio from the command line itself and serves until its input closes.
      await import("../../lsp/node/main.js");
    });
}
