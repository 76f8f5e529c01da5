import type { TomlTable } from "./toml/nodes.js";

/**
 * The path of a table as the list of keys has it: `runners[].docker`. Names stay in the letter case of the document.
 * @returns undefined for a table nested deeper than any that the program knows
 */
export function schemaPath(table: TomlTable): string | undefined {
  const names: string[] = [];
  for (let at: TomlTable | undefined = table; at?.parent; at = at.parent) {
    if (names.length > 20) return undefined;
    names.push(at.origin === "element" || at.origin === "inline-element" ? `${at.name}[]` : at.name);
  }
  return names.reverse().join(".");
}
