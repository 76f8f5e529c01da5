import { Argument, type Command } from "commander";
import { completeBash } from "../completion/bash.js";
import { describeCommands } from "../completion/commands.js";
import { completeFish } from "../completion/fish.js";
import { completeZsh } from "../completion/zsh.js";
import { type ExitCode, exitCodes } from "../exit.js";
import { openTerminal } from "../terminal.js";

const scripts = { bash: completeBash, zsh: completeZsh, fish: completeFish } as const;

export function addCompletion(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("completion")
    .description("Print a script that teaches a shell to complete this command.")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(scripts)))
    .addHelpText(
      "after",
      "\nIn ~/.bashrc: source <(runner-proxy completion bash)\nIn ~/.zshrc, after compinit: source <(runner-proxy completion zsh)\nFor fish: runner-proxy completion fish > ~/.config/fish/completions/runner-proxy.fish",
    )
    .action((shell: keyof typeof scripts) => {
      openTerminal(false).print(scripts[shell](describeCommands(program)));
      finish(exitCodes.clean);
    });
}
