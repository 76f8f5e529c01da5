import { MappedText } from "../../../text/mapped-text.js";
import { msg } from "../../../text/message.js";
import type { Span } from "../../../text/span.js";
import type { SyntaxProblem } from "../../format.js";
import { Cursor } from "./cursor.js";
import { readKey } from "./keys.js";
import { Entry, Header, Section, TomlTable } from "./nodes.js";
import { readString } from "./strings.js";
import { assign, openTable } from "./tables.js";
import { mayBeTemplate, TemplateReader } from "./template.js";
import { readValue } from "./values.js";

/** A TOML document as it was understood. */
export interface TomlDocument {
  readonly source: MappedText;
  readonly root: TomlTable;
  /** In the order of the text; the first holds the lines before the first header. They tile the document. */
  readonly sections: readonly Section[];
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Span[];
  /** Something outside of strings is filled in by another tool. */
  readonly template: boolean;
  /** Lines of the template may be conditional, repeated or filled in whole. */
  readonly conditional: boolean;
}

/**
 * Reads TOML 1.1, however broken: a mistake costs its own line or item and no more. Linear in the length of the text.
 * Text that is no TOML but holds a template's marks is read as a template; then lines may be conditional, and what
 * looks like a mistake there is not reported.
 * @param templateName the file's name is that of a template
 */
export function parseToml(text: string, templateName = false): TomlDocument {
  const source = MappedText.document(text);
  const plain = read(new Cursor(source, undefined));
  if (plain.problems.length === 0 || !mayBeTemplate(text)) return plain;
  const reader = new TemplateReader(text);
  const filled = read(new Cursor(source, reader));
  if (!reader.seen && !templateName) return plain;
  return { ...filled, template: true, conditional: reader.control, problems: reader.control ? [] : filled.problems };
}

function read(c: Cursor): TomlDocument {
  const { text } = c;
  const root = new TomlTable("", undefined, "root");
  let section = new Section(0, text.length, undefined, root);
  const sections = [section];
  if (text.charCodeAt(0) === 0xfeff) c.pos = 1;
  while (c.pos < text.length) {
    const code = text.charCodeAt(c.pos);
    if (code === 32 || code === 9 || code === 10 || (code === 13 && text.charCodeAt(c.pos + 1) === 10)) c.pos++;
    else if (code === 35) readComment(c);
    else if (c.templates && skipTemplate(c, c.templates)) continue;
    else if (code === 91) {
      const start = c.pos;
      const header = readHeader(c);
      section.end = start;
      const table = header.parts.length > 0 ? openTable(c, root, header) : new TomlTable("", root, "header");
      section = new Section(start, text.length, header, table);
      table.sections.push(section);
      sections.push(section);
      endLine(c);
    } else readEntry(c, section);
  }
  if (sections[0]) root.sections.push(sections[0]);
  return {
    source: c.document,
    root,
    sections,
    problems: c.problems,
    get comments() {
      return pairs(c.comments);
    },
    template: false,
    conditional: false,
  };
}

function pairs(offsets: readonly number[]): Span[] {
  const out: Span[] = [];
  for (let i = 0; i + 1 < offsets.length; i += 2) out.push({ start: offsets[i] ?? 0, end: offsets[i + 1] ?? 0 });
  return out;
}

function readComment(c: Cursor): void {
  const wrong = c.skipComment();
  if (wrong >= 0) c.problem(wrong, wrong + 1, msg("GitLab Runner does not start: a control character stands here."));
}

/** Where a line begins with a template's piece: past the statement, or past the whole line that is filled in. */
function skipTemplate(c: Cursor, templates: TemplateReader): boolean {
  const piece = templates.outside(c.pos);
  if (!piece) return false;
  templates.control = true;
  c.pos = piece.end;
  if (!piece.control) c.skipLine();
  return true;
}

/** Reads `[a.b]` or `[[a.b]]`. One that cannot be read has no parts. */
function readHeader(c: Cursor): Header {
  const { text } = c;
  const start = c.pos;
  const array = text.charCodeAt(start + 1) === 91;
  const brackets = array ? "]]" : "]";
  c.pos += brackets.length;
  const { key, prefix, broken } = readKey(c);
  const parts = key ? [...prefix, key] : [];
  const piece = c.templates?.outside(c.pos);
  if (piece && c.templates) {
    c.templates.control = true;
    c.pos = c.lineEnd(start);
    return new Header(start, c.pos, array, []);
  }
  if (text.startsWith(brackets, c.pos)) {
    c.pos += brackets.length;
    if (parts.length === 0) c.problem(start, c.pos, msg("GitLab Runner does not start: the table has no name."));
    return new Header(start, c.pos, array, broken ? [] : parts);
  }
  const end = parts.at(-1)?.end ?? start + brackets.length;
  // Half of `]]`, or none of it.
  const had = text.charCodeAt(c.pos) === 93 ? 1 : 0;
  c.problem(start, end + had, msg("GitLab Runner does not start: the closing {0} is missing.", brackets), {
    title: msg("Add {0}", brackets.slice(had)),
    edits: [{ span: { start: end + had, end: end + had }, newText: brackets.slice(had) }],
  });
  c.pos = c.lineEnd(start);
  return new Header(start, end + had, array, broken ? [] : parts);
}

function readEntry(c: Cursor, section: Section): void {
  const { text } = c;
  const start = c.pos;
  const { key, prefix, broken } = readKey(c);
  if (!key) {
    if (c.pos === start) c.problem(start, start + 1, msg("GitLab Runner does not start: a key is expected here."));
    skipStatement(c);
    return;
  }
  const entry = new Entry(start, key.end, key, prefix, section.table);
  section.entries.push(entry);
  if (text.charCodeAt(c.pos) !== 61) {
    if (c.templates?.outside(c.pos)) {
      c.templates.control = true;
      c.skipLine();
      return;
    }
    if (!readMissingEquals(c, entry)) return;
  } else entry.equals = c.pos++;
  if (!broken) assign(c, section.table, entry);
  c.skipBlanks();
  if (c.atLineEnd() || text.charCodeAt(c.pos) === 35) {
    entry.end = Math.max(entry.end, entry.equals + 1);
    c.problem(key.start, entry.end, msg("GitLab Runner does not start: {0} has no value.", key.text));
    endLine(c);
    return;
  }
  entry.value = readValue(c, entry.table, key.text);
  entry.end = entry.value.end;
  const { value } = entry;
  if (value.kind === "template" || value.kind === "broken") c.skipLine();
  // An array that is not closed ends where the next statement begins.
  else if ((value.kind !== "array" && value.kind !== "inline-table") || value.closed) endLine(c);
}

/** Says that `=` is missing. @returns whether a value stands where one is expected, so that reading can go on */
function readMissingEquals(c: Cursor, entry: Entry): boolean {
  const { key } = entry;
  const colon = c.text.charCodeAt(c.pos) === 58;
  const rest = c.text.charAt(colon ? c.pos + 1 : c.pos);
  const value = colon || (rest !== "" && "\"'[{".includes(rest));
  const place = { start: colon ? c.pos : key.end, end: colon ? c.pos + 1 : key.end };
  c.problem(
    entry.start,
    key.end,
    msg("GitLab Runner does not start: = is missing after {0}.", key.text),
    value
      ? { title: msg("Write ="), edits: [{ span: place, newText: colon && place.start > key.end ? "=" : " =" }] }
      : undefined,
  );
  if (colon) c.pos++;
  if (!value) skipStatement(c);
  return value;
}

/** Past the rest of a line that is not understood, with a string in it that may go on for lines. */
function skipStatement(c: Cursor): void {
  const line = c.lineEnd(c.pos);
  const quotes = /"""|'''/.exec(c.text.slice(c.pos, line));
  if (!quotes) {
    c.skipLine();
    return;
  }
  c.pos += quotes.index;
  const before = c.problems.length;
  readString(c);
  // What the string lacks is not worth a second finding.
  c.problems.length = before;
  c.skipLine();
}

/** What follows a header or a value on its line: nothing but a comment. */
function endLine(c: Cursor): void {
  c.skipBlanks();
  if (c.text.charCodeAt(c.pos) === 35) readComment(c);
  if (c.atLineEnd()) return;
  if (c.templates?.outside(c.pos)) {
    c.templates.control = true;
    c.skipLine();
    return;
  }
  const end = c.lineEnd(c.pos);
  c.problem(c.pos, Math.max(end, c.pos + 1), msg("GitLab Runner does not start: nothing may follow on this line."));
  c.skipLine();
}
