import { type Span, touches } from "../../text/span.js";
import { schemaPath } from "./schema.js";
import type {
  Entry,
  Header,
  InlineTableValue,
  KeyPart,
  Section,
  StringValue,
  TomlTable,
  TomlValue,
} from "./toml/nodes.js";
import type { RunnerTomlTree } from "./tree.js";

/** What stands at a place of the document. */
export interface PlaceAt {
  readonly part: "header" | "key" | "value" | "comment" | "blank";
  /** The table that a key typed here belongs to; for a header the table that it opens. */
  readonly table: TomlTable;
  /** The table's path in the list of keys. */
  readonly path: string | undefined;
  readonly section: Section;
  readonly header?: Header;
  readonly entry?: Entry;
  /** The part of the key or header at the place. */
  readonly key?: KeyPart;
  /** The innermost value at the place. */
  readonly value?: TomlValue;
  /** The arrays and inline tables around {@link value}, the outermost first. */
  readonly around: readonly TomlValue[];
}

/** Finds what stands at an offset, on half-typed lines too. */
export function pathAt(tree: RunnerTomlTree, offset: number): PlaceAt {
  const section = sectionAt(tree, offset);
  const base = { section, around: [] };
  const { header } = section;
  if (header && offset > header.start && offset <= header.end && offset < Math.max(header.end, header.start + 1) + 1) {
    const key = header.parts.find((part) => touches(part, offset));
    return {
      ...base,
      part: "header",
      table: section.table,
      path: schemaPath(section.table),
      header,
      ...(key && { key }),
    };
  }
  const found = entryAt(section.entries, offset, tree.source.text);
  if (!found) {
    const comment = tree.comments.some((span) => offset > span.start && offset <= span.end);
    const part = comment ? "comment" : "blank";
    return { ...base, part, table: section.table, path: schemaPath(section.table) };
  }
  return { ...insideEntry(found, offset, section.table, tree.source.text), section };
}

function sectionAt(tree: RunnerTomlTree, offset: number): Section {
  const { sections } = tree;
  let low = 0;
  let high = sections.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // A place right before a bracket belongs to the section above it.
    if ((sections[middle]?.start ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return sections[low] ?? { start: 0, end: 0, header: undefined, table: tree.root, entries: [] };
}

/** The entry at an offset; blanks behind `key =` on its line belong to it, since a value may be typed there. */
function entryAt(entries: readonly Entry[], offset: number, text: string): Entry | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const entry = entries[low - 1];
  if (!entry) return undefined;
  if (offset <= entry.end) return entry;
  return entry.value === undefined && entry.equals >= 0 && /^[ \t]*$/.test(text.slice(entry.end, offset))
    ? entry
    : undefined;
}

function insideEntry(outermost: Entry, offset: number, owner: TomlTable, text: string): Omit<PlaceAt, "section"> {
  const around: TomlValue[] = [];
  let entry = outermost;
  let table = owner;
  for (;;) {
    const at: { table: TomlTable; path: string | undefined; entry: Entry; around: TomlValue[] } = {
      table,
      path: schemaPath(table),
      entry,
      around,
    };
    if (entry.equals < 0 ? !entry.value || offset <= entry.key.end : offset <= entry.equals) {
      const key = [...entry.prefix, entry.key].find((part) => touches(part, offset));
      return { ...at, part: "key", table: entry.table, path: schemaPath(entry.table), ...(key && { key }) };
    }
    let value = entry.value;
    let inner: InlineTableValue | undefined;
    while (value) {
      if (value.kind === "inline-table" && isInside(value, offset)) {
        inner = value;
        break;
      }
      if (value.kind !== "array" || !isInside(value, offset)) break;
      around.push(value);
      value = value.items.find((item) => touches(item, offset));
    }
    if (!inner) return { ...at, part: "value", ...(value && { value }) };
    around.push(inner);
    table = inner.table;
    const member = entryAt(inner.entries, offset, text);
    if (!member) return { part: "blank", table, path: schemaPath(table), entry, around };
    entry = member;
  }
}

function isInside(span: Span & { readonly closed: boolean }, offset: number): boolean {
  return offset > span.start && (offset < span.end || (!span.closed && offset <= span.end));
}

/** The string at an offset, between its quotes. */
export function stringAt(tree: RunnerTomlTree, offset: number): StringValue | undefined {
  const { value } = pathAt(tree, offset);
  if (value?.kind !== "string") return undefined;
  const { start, end } = value.content;
  return offset >= start && offset <= end ? value : undefined;
}
