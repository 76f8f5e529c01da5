import { type Message, msg } from "../../../text/message.js";
import type { Cursor } from "./cursor.js";
import { type Entry, type Header, type KeyPart, type Member, TableArray, TomlTable } from "./nodes.js";

/**
 * The table that a header opens. One that TOML does not allow there is reported, and its lines go to a table of their
 * own that belongs to nothing.
 */
export function openTable(c: Cursor, root: TomlTable, header: Header): TomlTable {
  const { parts } = header;
  const last = parts.at(-1);
  let table = root;
  if (!last) return new TomlTable("", root, "header");
  for (const part of parts) {
    if (part === last) break;
    const next = step(table, part);
    if (!next) return refuse(c, header, part, table);
    table = next;
  }
  const { text } = last;
  const there = table.members.get(text);
  if (header.array) {
    if (there && there.kind !== "table-array") return refuse(c, header, last, table);
    const array = there ?? new TableArray(text, table);
    const element = new TomlTable(text, table, "element");
    array.tables.push(element);
    if (!there) table.members.set(text, array);
    return element;
  }
  if (!there) {
    const opened = new TomlTable(text, table, "header");
    table.members.set(text, opened);
    return opened;
  }
  if (there.kind !== "table" || there.origin !== "implicit") return refuse(c, header, last, table);
  there.origin = "header";
  return there;
}

function step(table: TomlTable, part: KeyPart): TomlTable | undefined {
  const there = table.members.get(part.text);
  if (!there) {
    const made = new TomlTable(part.text, table, "implicit");
    table.members.set(part.text, made);
    return made;
  }
  if (there.kind === "table") return there;
  return there.kind === "table-array" ? there.tables.at(-1) : undefined;
}

function refuse(c: Cursor, header: Header, part: KeyPart, parent: TomlTable): TomlTable {
  const there = parent.members.get(part.text);
  if (isLenient(there) && !(header.array && part === header.parts.at(-1))) {
    c.problem(header.start, header.end, forbidden(part), undefined, "information");
  } else {
    const message =
      there?.kind === "table"
        ? msg("GitLab Runner does not start: the table {0} is defined twice.", part.text)
        : there?.kind === "table-array"
          ? msg("GitLab Runner does not start: {0} is a list of tables, [[{0}]].", part.text)
          : msg("GitLab Runner does not start: {0} has a value already and cannot be a table.", part.text);
    c.problem(header.start, header.end, message);
  }
  return new TomlTable(part.text, parent, "header");
}

/** Tables that TOML closes, and BurntSushi/toml (1.6) leaves open all the same. */
function isLenient(there: Member | undefined): boolean {
  if (there?.kind === "table") return there.origin === "dotted";
  return there?.kind === "entry" && there.value?.kind === "inline-table";
}

function forbidden(part: KeyPart): Message {
  return msg("TOML does not allow adding to {0} here. GitLab Runner lets it pass, other tools do not.", part.text);
}

/** Puts an entry into the table of its section, or where its dotted key leads. Duplicates are reported and left out. */
export function assign(c: Cursor, section: TomlTable, entry: Entry): void {
  let table = section;
  for (const part of entry.prefix) {
    const there = table.members.get(part.text);
    if (!there) {
      const made = new TomlTable(part.text, table, "dotted");
      table.members.set(part.text, made);
      table = made;
    } else if (there.kind === "table" && there.origin === "dotted") table = there;
    else {
      reportTwice(c, part, there.kind !== "entry" || isLenient(there));
      return;
    }
  }
  entry.table = table;
  const { text } = entry.key;
  const there = table.members.get(text);
  if (there) reportTwice(c, entry.key, there.kind === "table" && there.origin === "dotted");
  else table.members.set(text, entry);
}

function reportTwice(c: Cursor, part: KeyPart, lenient: boolean): void {
  if (lenient) c.problem(part.start, part.end, forbidden(part), undefined, "information");
  else c.problem(part.start, part.end, msg("GitLab Runner does not start: {0} is set twice.", part.text));
}
