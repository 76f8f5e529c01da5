import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { ruleById, rules } from "../../rules/index.js";
import { type ExitCode, exitCodes, UsageError } from "../exit.js";
import { type Colors, openTerminal } from "../terminal.js";

/** The rules' pages lie in the package beside the folder of the program. */
const pages = join(__dirname, "..", "docs", "rules");

interface RulesOptions {
  readonly format: "pretty" | "json";
  readonly color: boolean;
}

export function addRules(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("rules")
    .description("List the rules, or print one rule's page.")
    .argument("[id]", "the rule")
    .addOption(new Option("--format <format>", "how the list is printed").choices(["pretty", "json"]).default("pretty"))
    .option("--no-color", "print without colours")
    .action((id: string | undefined, options: RulesOptions) => {
      const terminal = openTerminal(options.color);
      terminal.print(id === undefined ? catalogue(options, terminal.colors) : page(id));
      finish(exitCodes.clean);
    });
}

function catalogue({ format }: RulesOptions, colors: Colors): string {
  if (format === "json") {
    const listed = rules.map(({ id, severity, formats, docs }) => ({ id, severity, formats, summary: docs.summary }));
    return `${JSON.stringify({ version: 1, rules: listed }, undefined, 2)}\n`;
  }
  return rules
    .map(({ id, severity, docs }) => `${colors.bold(id)} ${colors.dim(`(${severity})`)}\n  ${docs.summary}\n`)
    .join("");
}

function page(id: string): string {
  const rule = ruleById(id);
  if (!rule) {
    const near = rules.filter((other) => other.id.includes(id)).map((other) => other.id);
    throw new UsageError(
      `There is no rule ${id}${near.length > 0 ? `: is it ${near.join(" or ")}?` : "; runner-proxy rules lists them"}`,
    );
  }
  return readFileSync(join(pages, `${id}.md`), "utf8");
}
