import { Command } from "commander";
import { version } from "../../../package.json";
import { addCheck } from "./commands/check.js";
import { addCompletion } from "./commands/completion.js";
import { addExplain } from "./commands/explain.js";
import { addFix } from "./commands/fix.js";
import { addGenerate } from "./commands/generate.js";
import { addLint } from "./commands/lint.js";
import { addLsp } from "./commands/lsp.js";
import { addRules } from "./commands/rules.js";
import type { ExitCode } from "./exit.js";

/** @param finish is told the exit code */
export function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command("runner-proxy")
    .description("Checks, mends and explains the proxy settings of GitLab Runner hosts.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 wrong use,\n3 a file could not be read or the program failed.",
    );
  addLint(program, finish);
  addFix(program, finish);
  addExplain(program, finish);
  addGenerate(program, finish);
  addCheck(program, finish);
  addRules(program, finish);
  addLsp(program);
  addCompletion(program, finish);
  return program;
}
