import type { Runner } from "../../formats/runner-toml/runner.js";
import { schemaPath } from "../../formats/runner-toml/schema.js";
import type { Entry, Member, TomlTable } from "../../formats/runner-toml/toml/nodes.js";
import type { RunnerTomlTree } from "../../formats/runner-toml/tree.js";

/** A table of config.toml with its path in the list of keys (`runners[].docker`). */
export interface PlacedTable {
  readonly table: TomlTable;
  readonly path: string;
}

/** All tables of the document, inline ones included, outer ones first. Iterative: depth costs no stack. */
export function allTables(tree: RunnerTomlTree): readonly PlacedTable[] {
  const found: PlacedTable[] = [];
  const queue: TomlTable[] = [tree.root];
  for (let i = 0; i < queue.length; i++) {
    const table = queue[i];
    const path = table && schemaPath(table);
    if (!table || path === undefined) continue;
    found.push({ table, path });
    for (const member of table.members.values()) for (const inner of tablesIn(member)) queue.push(inner);
  }
  return found;
}

function tablesIn(member: Member): readonly TomlTable[] {
  if (member.kind === "table") return [member];
  if (member.kind === "table-array") return member.tables;
  if (member.value?.kind === "inline-table") return [member.value.table];
  if (member.value?.kind !== "array") return [];
  return member.value.items.flatMap((item) => (item.kind === "inline-table" ? [item.table] : []));
}

/** The entries of a table: what is a key with a value, not a table of its own. */
export function entriesOf({ members }: TomlTable): readonly Entry[] {
  return [...members.values()].filter((member) => member.kind === "entry");
}

/** The runner that a table belongs to. */
export function runnerOf(tree: RunnerTomlTree, table: TomlTable): Runner | undefined {
  for (let at: TomlTable | undefined = table; at; at = at.parent) {
    const runner = tree.runners.find((candidate) => candidate.table === at);
    if (runner) return runner;
  }
  return undefined;
}
