import { msg } from "../../../text/message.js";
import { looksLikeStatement } from "./characters.js";
import { type Cursor, maximumDepth } from "./cursor.js";
import { readKey } from "./keys.js";
import {
  ArrayValue,
  Entry,
  InlineTableValue,
  type TableOrigin,
  TomlTable,
  type TomlValue,
  UnknownValue,
} from "./nodes.js";
import { readScalar } from "./scalars.js";
import { readString } from "./strings.js";
import { assign } from "./tables.js";

type Container = ArrayValue | InlineTableValue;

/** Reads the value at the cursor, which is not at the end of its line; it is the value of `name` in `table`. */
export function readValue(c: Cursor, table: TomlTable, name: string): TomlValue {
  const code = c.text.charCodeAt(c.pos);
  if (code === 34 || code === 39) return readString(c);
  const filled = c.templates && readTemplate(c, false);
  if (filled) return filled;
  if (code === 91 || code === 123) return readContainer(c, table, name);
  return readScalar(c, false);
}

/** A value that another tool fills in: pieces of a template and what touches them. */
function readTemplate(c: Cursor, inside: boolean): UnknownValue | undefined {
  const start = c.pos;
  const first = c.templates?.atValue(start);
  if (!first) return undefined;
  // What stands between statements may be one thing or another.
  if (first.control) c.pos = Math.max(first.end, c.lineEnd(first.end));
  else {
    c.pos = first.end;
    while (c.pos < c.text.length && !isDelimiter(c.text.charCodeAt(c.pos), inside)) {
      c.pos = c.templates?.outside(c.pos)?.end ?? c.pos + 1;
    }
  }
  return new UnknownValue("template", start, c.pos);
}

function isDelimiter(code: number, inside: boolean): boolean {
  if (code === 10 || code === 13 || code === 35) return true;
  return inside && (code === 44 || code === 93 || code === 125 || code === 32 || code === 9);
}

/** Reads an array or inline table with all that is in it, without recursion. */
function readContainer(c: Cursor, table: TomlTable, name: string): TomlValue {
  const outermost = open(c, table, name, "inline");
  const stack: Container[] = [outermost];
  /** The innermost container has an item that no comma follows yet. */
  let filled = false;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const newLine = skipVoid(c);
    const code = c.text.charCodeAt(c.pos);
    const isArray = top.kind === "array";
    if (c.pos >= c.text.length || (newLine && looksLikeStatement(c.text, c.pos, !isArray || stack.length > 1))) {
      return unclosed(c, stack, outermost);
    }
    if (code === (isArray ? 93 : 125)) {
      c.pos++;
      top.closed = true;
      close(stack, c.pos);
      filled = true;
    } else if (code === 44) {
      if (!filled)
        c.problem(c.pos, c.pos + 1, msg("GitLab Runner does not start: a value is missing before the comma."));
      top.commas.push(c.pos++);
      filled = false;
    } else if (code === (isArray ? 125 : 93)) {
      // The wrong bracket closes it.
      const right = isArray ? "]" : "}";
      c.problem(c.pos, c.pos + 1, msg("GitLab Runner does not start: {0} is expected here.", right));
      c.pos++;
      top.closed = true;
      close(stack, c.pos);
      filled = true;
    } else {
      if (filled && !atTemplate(c)) reportMissingComma(c, top);
      const inner = top.kind === "array" ? readItem(c, top) : readMember(c, top);
      filled = true;
      if (inner) {
        if (stack.length >= maximumDepth) {
          c.tooDeep(inner.start, msg("Nested more than {0} levels deep: not checked.", maximumDepth));
          skipBalanced(c, stack.length + 1);
          while (stack.length > 0) close(stack, c.pos);
          return outermost;
        }
        stack.push(inner);
        filled = false;
      }
    }
  }
  return outermost;
}

function open(c: Cursor, parent: TomlTable, name: string, origin: TableOrigin): Container {
  const start = c.pos++;
  if (c.text.charCodeAt(start) === 91) return new ArrayValue(start, start + 1, parent, name);
  return new InlineTableValue(start, start + 1, new TomlTable(name, parent, origin));
}

/** Takes the innermost container off the stack; it, and the entry that it is the value of, end at `end`. */
function close(stack: Container[], end: number): void {
  const closed = stack.pop();
  if (closed) closed.end = end;
  const top = stack.at(-1);
  const owner = top?.kind === "inline-table" ? top.entries.at(-1) : undefined;
  if (owner) owner.end = end;
}

/** Reads an item of an array. @returns the container that it opens, if it is one */
function readItem(c: Cursor, array: ArrayValue): Container | undefined {
  const code = c.text.charCodeAt(c.pos);
  if (code === 34 || code === 39) {
    array.items.push(readString(c));
    return undefined;
  }
  const filled = c.templates && readTemplate(c, true);
  if (filled) {
    array.items.push(filled);
    return undefined;
  }
  if (code === 91 || code === 123) {
    const inner = open(c, array.parent, array.name, "inline-element");
    array.items.push(inner);
    return inner;
  }
  const start = c.pos;
  array.items.push(readScalar(c, true));
  // A lone carriage return ends a value and begins none.
  if (c.pos === start) c.pos++;
  return undefined;
}

/** Reads `key = value` of an inline table. @returns the container that the value opens, if it is one */
function readMember(c: Cursor, top: InlineTableValue): Container | undefined {
  const start = c.pos;
  const { key, prefix, broken } = readKey(c);
  if (!key) {
    c.problem(start, start + 1, msg("GitLab Runner does not start: a key is expected here."));
    // Past the value that stands there instead.
    if (c.pos === start) readJunk(c);
    return undefined;
  }
  const entry = new Entry(start, c.pos, key, prefix, top.table);
  top.entries.push(entry);
  if (!broken) assign(c, top.table, entry);
  const equals = c.text.charCodeAt(c.pos) === 61;
  if (equals) {
    entry.equals = c.pos++;
    c.skipBlanks();
  } else c.problem(start, key.end, msg("GitLab Runner does not start: = is missing after {0}.", key.text));
  const code = c.text.charCodeAt(c.pos);
  if (!equals && !"\"'[{".includes(c.text.charAt(c.pos))) return undefined;
  if (code === 91 || code === 123) {
    const inner = open(c, entry.table, key.text, "inline");
    entry.value = inner;
    return inner;
  }
  if (code === 34 || code === 39) entry.value = readString(c);
  else entry.value = (c.templates && readTemplate(c, true)) ?? readScalar(c, true);
  entry.end = entry.value.end;
  return undefined;
}

/** Past what stands where a key should: a string, or all up to the next comma, brace, quote or line end. */
function readJunk(c: Cursor): void {
  const code = c.text.charCodeAt(c.pos);
  if (code === 34 || code === 39) {
    readString(c);
    return;
  }
  junk.lastIndex = c.pos + 1;
  junk.test(c.text);
  c.pos = Math.max(c.pos + 1, junk.lastIndex);
}

const junk = /[^,}"'\r\n]*/y;

function unclosed(c: Cursor, stack: Container[], outermost: Container): TomlValue {
  const inner = stack.at(-1) ?? outermost;
  const bracket = inner.kind === "array" ? "]" : "}";
  c.problem(inner.start, inner.start + 1, msg("GitLab Runner does not start: the closing {0} is missing.", bracket));
  const end = lastContent(c.text, c.pos);
  while (stack.length > 0) close(stack, end);
  return outermost;
}

/** The end of what stands before `at`, without white space. */
function lastContent(text: string, at: number): number {
  let end = at;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  return end;
}

function reportMissingComma(c: Cursor, container: Container): void {
  const last = container.kind === "array" ? container.items.at(-1) : container.entries.at(-1);
  const at = last?.end ?? c.pos;
  c.problem(c.pos, c.pos + 1, msg("GitLab Runner does not start: a comma is missing before this."), {
    title: msg("Add the comma"),
    edits: [{ span: { start: at, end: at }, newText: "," }],
  });
}

function atTemplate(c: Cursor): boolean {
  return c.templates?.atValue(c.pos) !== undefined;
}

/** Past white space, comments and a template's statements. @returns whether a line ended on the way */
function skipVoid(c: Cursor): boolean {
  const { text } = c;
  let newLine = false;
  for (;;) {
    const code = text.charCodeAt(c.pos);
    if (code === 32 || code === 9) c.pos++;
    else if (code === 10) {
      newLine = true;
      c.pos++;
    } else if (code === 13 && text.charCodeAt(c.pos + 1) === 10) c.pos++;
    else if (code === 35) {
      const wrong = c.skipComment();
      if (wrong >= 0)
        c.problem(wrong, wrong + 1, msg("GitLab Runner does not start: a control character stands here."));
    } else {
      const piece = c.templates?.outside(c.pos);
      if (!piece?.control) return newLine;
      c.pos = piece.end;
    }
  }
}

/** Past what is nested too deep: to the bracket that closes `depth` open ones, or to the next statement. */
function skipBalanced(c: Cursor, depth: number): void {
  const { text } = c;
  let open = depth;
  for (let at = c.pos; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) open++;
    else if ((code === 93 || code === 125) && --open === 0) {
      c.pos = at + 1;
      return;
    } else if (code === 34 || code === 39) {
      const end = text.indexOf(text.charAt(at), at + 1);
      if (end >= 0 && !text.slice(at, end).includes("\n")) at = end;
    } else if (code === 10 && looksLikeStatement(text, at + 1, true)) {
      c.pos = at;
      return;
    }
  }
  c.pos = text.length;
}
