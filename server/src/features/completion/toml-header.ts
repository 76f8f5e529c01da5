import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import { allKeys, isKnownTable, type KeyInfo, tableInfo } from "../../formats/runner-toml/keys/index.js";
import { schemaPath } from "../../formats/runner-toml/schema.js";
import type { TomlTable } from "../../formats/runner-toml/toml/nodes.js";
import { typeText } from "../meaning/types.js";
import { inDocument, type Offer, type Place, type Word } from "./offer.js";

/** Headers of tables that may begin here, on a line of their own. */
export function completeHeader(place: Place, tree: RunnerTomlTree): Offer | undefined {
  const { before, after, offset } = place;
  const typed = /^[ \t]*(\[{0,2}[\w.-]*)$/.exec(before)?.[1];
  if (typed === undefined || (typed !== "" && !typed.startsWith("["))) return undefined;
  const rest = /^[\w.-]*\]{0,2}/.exec(after)?.[0] ?? "";
  // At the beginning of a key, the key is meant.
  if (typed === "" && rest !== "") return undefined;
  if (!/^[ \t]*(?:#|$)/.test(after.slice(rest.length))) return undefined;
  const span = { start: offset - typed.length, end: offset + rest.length };
  const runner = tree.runners.findLast(({ header }) => header !== undefined && header.end < span.start);
  const here = tree.sections.find(({ header }) => header && header.start <= offset && offset <= header.end)?.table;
  // A header that is complete has tables and keys below it that belong to it.
  const path = here && schemaPath(here);
  if (path !== undefined && (tableInfo(path) !== undefined || isKnownTable(path)) && rest.endsWith("]"))
    return undefined;
  const words = allKeys().flatMap((info) => {
    const header = headerOf(info);
    return header && fits(header, tree, runner?.table, here) ? [toWord(place, info, header)] : [];
  });
  return inDocument(place, span, words);
}

interface HeaderPath {
  readonly names: readonly string[];
  readonly array: boolean;
}

/** The header of a key that is a table; undefined for other keys and for tables inside elements of inner arrays. */
function headerOf({ table, key, type }: KeyInfo): HeaderPath | undefined {
  if (type !== "table" && type !== "array of table" && !type.startsWith("table of ")) return undefined;
  const inside = table === "" ? [] : table.split(".");
  const inner = inside.slice(1).some((name) => name.endsWith("[]"));
  const names = [...inside.map((name) => name.replace("[]", "")), key];
  return inner || (inside[0]?.endsWith("[]") && inside[0] !== "runners[]")
    ? undefined
    : { names, array: type === "array of table" };
}

/** Whether TOML allows the header: below a runner, and not defined there. Tables deep down come once the one above is there. */
function fits(
  { names, array }: HeaderPath,
  tree: RunnerTomlTree,
  runner: TomlTable | undefined,
  here: TomlTable | undefined,
): boolean {
  const [first, ...rest] = names;
  if (first === "runners" && rest.length > 0 && !runner) return false;
  let table: TomlTable | undefined = first === "runners" && rest.length > 0 ? runner : tree.root;
  const below = table === runner ? rest : names;
  const last = below.at(-1) ?? "";
  for (const name of below.slice(0, -1)) {
    const member = table?.find(name);
    if (member === undefined) return below.length <= 2;
    if (member.kind !== "table" || member.origin === "dotted") return false;
    table = member;
  }
  const there = table?.find(last);
  if (there === undefined || there === here) return true;
  if (there.kind === "table-array") return array;
  return there.kind === "table" && there.origin === "implicit" && !array;
}

function toWord({ localize }: Place, info: KeyInfo, { names, array }: HeaderPath): Word {
  const name = names.join(".");
  const text = array ? `[[${name}]]` : `[${name}]`;
  return {
    label: text,
    kind: "table",
    detail: typeText(info, localize),
    text,
    topic: { about: "runner-key", table: info.table, key: info.key },
    rank: Math.min(8, names.length + 1),
    ...(info.note === "deprecated" && { deprecated: true }),
  };
}
