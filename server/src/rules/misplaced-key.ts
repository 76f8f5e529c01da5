import { hasFreeKeys, isKnownTable, type KeyInfo, keyInfo, tablesWith } from "../formats/runner-toml/keys/index.js";
import type { Entry, TomlTable } from "../formats/runner-toml/toml/nodes.js";
import type { RunnerTomlTree } from "../formats/runner-toml/tree.js";
import { lineEndingOf } from "../text/eol.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import { removedKeyAt } from "./removed-key.js";
import type { Rule, RuleContext } from "./rule.js";
import { allTables, entriesOf, runnerOf } from "./support/toml-tables.js";

export const misplacedKey: Rule = {
  id: "misplaced-key",
  severity: "error",
  formats: ["runner-toml"],
  docs: { summary: "A key under a table that it does not belong to, where the runner ignores it." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "runner-toml") return;
    for (const { table, path } of allTables(tree)) {
      for (const entry of entriesOf(table)) {
        const home = homeOf(path, entry.key.text);
        if (home) report(context, tree, table, path, entry, home);
      }
    }
  },
};

/**
 * Where a key that is unknown in its table belongs: to a table above, or to one right below.
 * @returns undefined for a key that is right where it is, or that may be anything
 */
export function homeOf(path: string, key: string): KeyInfo | undefined {
  if (!isKnownTable(path) || hasFreeKeys(path) || keyInfo(path, key) || removedKeyAt(path, key)) return undefined;
  const homes = tablesWith(key);
  const above = homes.filter(({ table }) => table !== "" && isBelow(path, table));
  if (above.length > 0) return above.reduce((a, b) => (b.table.length > a.table.length ? b : a));
  // `name` and its kin belong to so many tables that there is no telling.
  const below = homes.filter(({ table }) => isBelow(table, path) && depth(table) === depth(path) + 1);
  const docker = below.find(({ table }) => table === "runners[].docker");
  return docker ?? (below.length === 1 ? below[0] : undefined);
}

function isBelow(table: string, outer: string): boolean {
  return outer === "" ? table !== "" : table.toLowerCase().startsWith(`${outer.toLowerCase()}.`);
}

function depth(path: string): number {
  return path === "" ? 0 : path.split(".").length;
}

function report(
  context: RuleContext,
  tree: RunnerTomlTree,
  table: TomlTable,
  path: string,
  entry: Entry,
  home: KeyInfo,
): void {
  const edits = move(context.text, tree, table, entry, home);
  const here = headerName(path);
  context.report({
    span: entry.key,
    message:
      here === ""
        ? msg("GitLab Runner ignores {0} here: it belongs into {1}.", entry.key.text, headerName(home.table))
        : msg("GitLab Runner ignores {0} in {1}: it belongs into {2}.", entry.key.text, here, headerName(home.table)),
    ...(edits && { fixes: [{ title: msg("Move to {0}", headerName(home.table)), edits, safe: false }] }),
  });
}

/** `runners[].docker` as its header is written: `[runners.docker]`. */
function headerName(path: string): string {
  if (path === "") return "";
  const name = path.replace(/\[\]/g, "");
  return path.endsWith("[]") ? `[[${name}]]` : `[${name}]`;
}

/** Takes the entry's lines out and puts them behind the last entry, or the header, of the table that they belong to. */
function move(
  text: string,
  tree: RunnerTomlTree,
  table: TomlTable,
  entry: Entry,
  home: KeyInfo,
): readonly TextEdit[] | undefined {
  if (tree.template) return undefined;
  const runner = runnerOf(tree, table);
  if (!runner) return undefined;
  const target =
    home.table === "runners[]" ? runner.table : home.table === "runners[].docker" ? runner.docker : undefined;
  const section = target?.sections[0];
  if (!section?.header || !target) return undefined;
  const start = text.lastIndexOf("\n", entry.start - 1) + 1;
  const next = text.indexOf("\n", entry.end);
  const end = next < 0 ? text.length : next + 1;
  // Only whole lines are moved: not an entry of an inline table, nor one that shares its line.
  if (text.slice(start, entry.start).trim() !== "" || !/^\s*(?:#.*)?\s*$/.test(text.slice(entry.end, end)))
    return undefined;
  const last = section.entries.findLast((other) => other !== entry);
  const anchor = last?.end ?? section.header.end;
  const lineEnd = text.indexOf("\n", anchor);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const model = last?.start ?? section.header.start;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", model - 1) + 1, model))?.[0] ?? "";
  const eol = lineEndingOf(text);
  const body = text.slice(entry.start, end).trimEnd();
  const lead = at > 0 && text.charAt(at - 1) !== "\n" ? eol : "";
  return [
    { span: { start: at, end: at }, newText: `${lead}${indent}${last ? "" : "  "}${body}${eol}` },
    { span: { start, end }, newText: "" },
  ];
}
