import type { DindTarget } from "./dind-script.js";
import { quoteToml } from "./quote.js";

/** A script as the lines to insert into its file, LF at the end of each. */
export function scriptLines(script: string, target: DindTarget): string {
  return target === "config.toml"
    ? `pre_build_script = ${tomlScript(script)}\n`
    : `before_script:\n${yamlItem(script, "  ")}`;
}

/**
 * A script as a TOML value: on lines of its own between `'''`, where nothing is escaped; as a basic string where it
 * holds what a literal string cannot say, or where the file's lines end with CR LF, which would become the script's.
 */
export function tomlScript(script: string, eol = "\n"): string {
  const literal =
    !(eol === "\r\n" && /[\n']/.test(script)) && !script.includes("'''") && !/[^\P{Cc}\t\n]/u.test(script);
  if (!literal) return quoteToml(script);
  return script.includes("\n") || script.includes("'") ? `'''\n${script}\n'''` : `'${script}'`;
}

/**
 * A script as an item of a YAML sequence: a block scalar, where nothing is escaped.
 * @param indentation that of the dash
 */
export function yamlItem(script: string, indentation: string): string {
  const body = script
    .split("\n")
    .map((line) => (line === "" ? "" : `${indentation}  ${line}`))
    .join("\n");
  return `${indentation}- |\n${body}\n`;
}
