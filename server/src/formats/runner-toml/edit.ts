import type { Assignment, Scope } from "../../proxy/settings.js";
import { tomlString } from "../../quoting/toml.js";
import type { TextEdit } from "../../text/span.js";
import { readEnvironment } from "./environment.js";
import { encodeVariables } from "./expansion.js";
import type { ArrayValue, StringValue, TomlTable } from "./toml/nodes.js";
import type { RunnerTomlTree } from "./tree.js";

/** {@link Format.addAssignment}: a new entry of `environment`, or a new `environment`. */
export function addAssignment(
  tree: RunnerTomlTree,
  scope: Scope,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const table = tableOf(tree, scope);
  if (!table) return undefined;
  const content = `${name}=${encodeVariables(value)}`;
  const environment = readEnvironment(table);
  if (environment?.array) return addItem(tree.source.text, environment.array, content);
  return table.find("environment") ? undefined : addKey(tree.source.text, table, "environment", content);
}

/** Adds a string to an array of a table, in front of the others, or makes the array after the table's last key. */
export function addArrayString(
  { source: { text } }: RunnerTomlTree,
  table: TomlTable | undefined,
  key: string,
  content: string,
): readonly TextEdit[] | undefined {
  const value = table?.value(key);
  if (!table || (value && value.kind !== "array")) return undefined;
  if (!value) return table.find(key) ? undefined : addKey(text, table, key, content);
  const [first] = value.items;
  if (!first) return addItem(text, value, content);
  const item = quote(content, first.kind === "string" ? first : undefined);
  const ownLine = text.slice(value.start, first.start).includes("\n");
  const gap = ownLine ? `${newline(text, first.start)}${indentAt(text, first.start)}` : " ";
  return [insert(first.start, `${item},${gap}`)];
}

/** {@link Format.removeAssignment}: the entry goes with its comma, and with its line where it has one to itself. */
export function removeAssignment(
  tree: RunnerTomlTree,
  scope: Scope,
  assignment: Assignment,
): readonly TextEdit[] | undefined {
  const table = tableOf(tree, scope);
  const array = table && readEnvironment(table)?.array;
  const index = array?.items.findIndex((item) => item.start === assignment.span.start) ?? -1;
  return array && index >= 0 ? removeItem(tree.source.text, array, index) : undefined;
}

/** The table whose `environment` the scope is. */
function tableOf(tree: RunnerTomlTree, scope: Scope): TomlTable | undefined {
  const [, runner, executor, service] =
    /^runners\[(\d+)\](?:\.(docker|kubernetes)\.services\[(\d+)\])?\.environment$/.exec(scope.id) ?? [];
  const table = tree.runners[Number(runner)]?.table;
  if (executor === undefined) return table;
  return table?.table(executor)?.tables("services")[Number(service)];
}

function addKey(text: string, table: TomlTable, key: string, content: string): TextEdit[] | undefined {
  const section = table.sections[0];
  if (!section?.header) return undefined;
  const last = section.entries.at(-1);
  const at = lineEnd(text, last?.end ?? section.header.end);
  const indent = last ? indentAt(text, last.start) : `${indentAt(text, section.header.start)}  `;
  return [insert(at, `${newline(text, at)}${indent}${key} = [${quote(content, undefined)}]`)];
}

/**
 * The edits may be joined with those for another name: each is an insertion that leaves a whole array behind, in any
 * number. Only an empty array takes no more than one.
 */
function addItem(text: string, array: ArrayValue, content: string): TextEdit[] | undefined {
  if (!array.closed) return undefined;
  const last = array.items.at(-1);
  const item = quote(content, last?.kind === "string" ? last : undefined);
  if (!last) return [insert(array.start + 1, item)];
  const close = array.end - 1;
  const previous = array.items.at(-2);
  if (!text.slice(array.start, last.start).includes("\n")) {
    const blank = previous ? /\s$/.test(text.slice(previous.end, last.start)) : true;
    return [insert(last.end, `,${blank ? " " : ""}${item}`)];
  }
  const indent = indentAt(text, last.start);
  const trailing = array.commas.at(-1);
  if (trailing !== undefined && trailing >= last.end) {
    // The comment behind the comma belongs to the item before it.
    const end = lineEnd(text, trailing);
    if (end < close) return [insert(end, `${newline(text, end)}${indent}${item},`)];
    return [insert(trailing + 1, `${newline(text, last.start)}${indent}${item},`)];
  }
  const rest = text.slice(last.end, Math.min(close, lineEnd(text, last.end)));
  if (!rest.includes("#")) return [insert(last.end, `,${newline(text, last.start)}${indent}${item}`)];
  return [insert(last.start, `${item},${newline(text, last.start)}${indent}`)];
}

function removeItem(text: string, array: ArrayValue, index: number): TextEdit[] | undefined {
  const item = array.items[index];
  if (!item) return undefined;
  const next = array.items[index + 1];
  const comma = array.commas.find((at) => at >= item.end && (!next || at < next.start));
  const end = comma === undefined ? item.end : comma + 1;
  const clean = comma === undefined || /^\s*$/.test(text.slice(item.end, comma));
  const pieces = clean
    ? [{ start: item.start, end }]
    : [item, { start: end - 1, end }].map((piece) => ({ start: piece.start, end: piece.end }));
  const first = pieces[0];
  if (!first) return undefined;
  const start = lineStart(text, item.start);
  const stop = lineEnd(text, end);
  const alone = /^[ \t]*$/.test(text.slice(start, item.start)) && /^[ \t]*$/.test(text.slice(end, stop));
  if (clean && alone && start > array.start) return [remove(start, afterLine(text, stop))];
  const previousComma = index > 0 ? array.commas.findLast((at) => at < item.start) : undefined;
  if (comma === undefined && previousComma !== undefined) {
    const gap = text.slice(previousComma + 1, item.start);
    if (/^\s*$/.test(gap)) return [remove(previousComma, item.end)];
    return [remove(previousComma, previousComma + 1), remove(item.start, item.end)];
  }
  const last = pieces[pieces.length - 1] ?? first;
  const blanks = next ? (/^[ \t]*/.exec(text.slice(last.end, next.start))?.[0].length ?? 0) : 0;
  return pieces.map((piece) => remove(piece.start, piece === last ? piece.end + blanks : piece.end));
}

/** A string token in the way of another one. */
function quote(content: string, like: StringValue | undefined): string {
  const literal = like?.form === "literal" || like?.form === "multi-literal";
  const plain = literal ? tomlString.encode(content, "literal") : undefined;
  if (plain !== undefined) return `'${plain}'`;
  return `"${tomlString.encode(content, "basic") ?? ""}"`;
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

function remove(start: number, end: number): TextEdit {
  return { span: { start, end }, newText: "" };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  const end = found < 0 ? text.length : found;
  return end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function afterLine(text: string, end: number): number {
  if (text.startsWith("\r\n", end)) return end + 2;
  return text.charCodeAt(end) === 10 ? end + 1 : end;
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? "";
}

/** The line ending in use near `at`. */
function newline(text: string, at: number): string {
  const found = text.indexOf("\n", at);
  const end = found < 0 ? text.lastIndexOf("\n") : found;
  return end > 0 && text.charCodeAt(end - 1) === 13 ? "\r\n" : "\n";
}
