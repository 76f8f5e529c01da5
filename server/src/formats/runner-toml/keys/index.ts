import { editDistance, spelling } from "../../../text/nearest.js";
import type { TomlValue } from "../toml/nodes.js";
import { executorKeys } from "./executors.js";
import { generalKeys } from "./general.js";
import { kubernetesKeys } from "./kubernetes.js";
import { type KeyInfo, parseKeys, type ValueType } from "./parse.js";

export type { KeyInfo, ValueType } from "./parse.js";

interface Catalogue {
  /** By table path in lower case, then by key in lower case. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, KeyInfo>>;
  /** By key in lower case: every table that has it. */
  readonly keys: ReadonlyMap<string, readonly KeyInfo[]>;
}

let read: Catalogue | undefined;

/** The keys are unpacked when first asked for: most runs of the engine never do. */
function catalogue(): Catalogue {
  if (read) return read;
  const tables = new Map<string, Map<string, KeyInfo>>();
  const keys = new Map<string, KeyInfo[]>();
  for (const info of [generalKeys, executorKeys, kubernetesKeys].flatMap(parseKeys)) {
    const table = info.table.toLowerCase();
    const key = info.key.toLowerCase();
    const group = tables.get(table) ?? new Map<string, KeyInfo>();
    tables.set(table, group.set(key, info));
    keys.set(key, [...(keys.get(key) ?? []), info]);
  }
  read = { tables, keys };
  return read;
}

/** The keys of a table (`runners[].docker`); none for a table that the program does not know or whose keys are free. */
export function keysOf(table: string): readonly KeyInfo[] {
  return [...(catalogue().tables.get(table.toLowerCase())?.values() ?? [])];
}

/** What the program says of a key, in any letter case. */
export function keyInfo(table: string, key: string): KeyInfo | undefined {
  return catalogue().tables.get(table.toLowerCase())?.get(key.toLowerCase());
}

/** Every place where a key of this name belongs. */
export function tablesWith(key: string): readonly KeyInfo[] {
  return catalogue().keys.get(key.toLowerCase()) ?? [];
}

/** All keys. */
export function allKeys(): readonly KeyInfo[] {
  return [...catalogue().tables.values()].flatMap((group) => [...group.values()]);
}

/** Whether the program's keys for this table are listed: an unknown key there is a mistake. */
export function isKnownTable(table: string): boolean {
  return catalogue().tables.has(table.toLowerCase());
}

/** What is known of a table as the value of a key of the table above it; undefined for the top level and unknown ones. */
export function tableInfo(table: string): KeyInfo | undefined {
  const path = table.endsWith("[]") ? table.slice(0, -2) : table;
  const dot = path.lastIndexOf(".");
  return keyInfo(dot < 0 ? "" : path.slice(0, dot), path.slice(dot + 1));
}

/** Whether any key may stand in the table (`feature_flags`, `sysctls` …). */
export function hasFreeKeys(table: string): boolean {
  return tableInfo(table)?.type.startsWith("table of ") ?? false;
}

/** The known keys of a table that a misspelt one may stand for, the nearest first. */
export function nearestKeys(table: string, key: string): readonly KeyInfo[] {
  const limit = key.length < 5 ? 1 : key.length < 12 ? 2 : 3;
  const wanted = spelling(key);
  return keysOf(table)
    .map((info) => ({ info, known: spelling(info.key) }))
    .filter(({ known }) => Math.abs(known.length - wanted.length) <= limit)
    .map(({ info, known }) => ({ info, distance: editDistance(wanted, known) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map(({ info }) => info);
}

/** Whether the program takes this kind of value for a key of the type. What is unknown is taken. */
export function accepts(type: ValueType, value: TomlValue): boolean {
  if (value.kind === "broken" || value.kind === "template") return true;
  if (type.startsWith("array of ")) {
    const item = type.slice("array of ".length);
    return value.kind === "array" && value.items.every((inner) => acceptsOne(item, inner));
  }
  if (type === "string or array of string") return value.kind === "string" || accepts("array of string", value);
  return acceptsOne(type, value);
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function acceptsOne(type: string, value: TomlValue): boolean {
  const { kind } = value;
  if (kind === "broken" || kind === "template") return true;
  switch (type) {
    case "string":
    case "integer":
    case "boolean":
      return kind === type;
    case "float":
      return kind === "float" || kind === "integer";
    case "datetime":
      // The decoder hands a text on to Go's time, which takes RFC 3339 alone.
      return kind === "date" || (kind === "string" && rfc3339.test(value.value));
    case "duration":
      return kind === "string" || kind === "integer";
    default:
      return kind === "inline-table";
  }
}
