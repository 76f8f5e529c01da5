import { type Layer, type MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/** The four kinds of TOML strings. */
export type TomlStringForm = "basic" | "literal" | "multi-basic" | "multi-literal";

/** How text is written into a string: its form, and for multi-line strings of a CR LF file the line ending. */
type Mode = TomlStringForm | "multi-basic-crlf" | "multi-literal-crlf";

const shortEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\u001b",
  '"': '"',
  "\\": "\\",
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The quoting of TOML 1.1 strings. Literal strings cannot say everything. */
export const tomlString: Layer = { name: "toml", encode };

/** The form of the string that begins at `at`, which holds a quote. */
export function tomlFormAt(text: string, at: number): TomlStringForm {
  const quote = text.charAt(at);
  const multi = text.startsWith(quote.repeat(3), at);
  if (quote === "'") return multi ? "multi-literal" : "literal";
  return multi ? "multi-basic" : "basic";
}

/** The stretch between the quotes of a string token; a newline right after an opening `"""` or `'''` does not belong to it. */
export function tomlContent(text: string, token: Span, form: TomlStringForm, closed: boolean): Span {
  const quotes = isMulti(form) ? 3 : 1;
  let start = token.start + quotes;
  if (isMulti(form)) {
    if (text.startsWith("\r\n", start)) start += 2;
    else if (text.charCodeAt(start) === 10) start += 1;
  }
  const end = Math.max(start, closed ? token.end - quotes : token.end);
  return { start, end };
}

/**
 * Decodes one TOML string token, quotes included. An escape that TOML does not know stands for itself.
 * @param closed whether the token ends with its closing quotes
 */
export function decodeTomlString(outer: MappedText, token: Span, form: TomlStringForm, closed = true): MappedText {
  const { text } = outer;
  const { start, end } = tomlContent(text, token, form, closed);
  const mode = modeOf(text, start, end, form);
  const out = new MappedTextBuilder(outer, tomlString);
  if (start >= end) return out.place(start, mode).build(token);
  if (form === "literal" || form === "multi-literal") return raw(out, text, start, end, mode).build(token);
  let from = start;
  // Searched in the string alone: the rest of the document may be long.
  const inside = text.slice(start, end);
  for (let at = inside.indexOf("\\"); at >= 0; at = inside.indexOf("\\", from - start)) {
    at += start;
    raw(out, text, from, at, mode);
    from = decodeEscape(out, text, at, end, mode);
  }
  return raw(out, text, from, end, mode).build(token);
}

/** Characters that stand for themselves. CR LF is one unit: TOML allows no half of it. */
function raw(out: MappedTextBuilder, text: string, start: number, end: number, mode: Mode): MappedTextBuilder {
  let from = start;
  if (mode.startsWith("multi")) {
    for (const { index } of text.slice(start, end).matchAll(/\r\n/g)) {
      const at = start + index;
      out.exact(from, at, mode).unit(at, at + 2, "\r\n", mode);
      from = at + 2;
    }
  }
  return out.exact(from, end, mode);
}

/** Decodes what the backslash at `at` begins. @returns the offset after it */
function decodeEscape(out: MappedTextBuilder, text: string, at: number, end: number, mode: Mode): number {
  const kind = text.charAt(at + 1);
  const short = at + 1 < end ? shortEscapes[kind] : undefined;
  if (short !== undefined) {
    out.unit(at, at + 2, short, mode);
    return at + 2;
  }
  const hex = hexLengths[kind];
  if (hex !== undefined && at + 2 + hex <= end) {
    const code = codePoint(text.slice(at + 2, at + 2 + hex));
    if (code !== undefined) {
      out.unit(at, at + 2 + hex, String.fromCodePoint(code), mode);
      return at + 2 + hex;
    }
  }
  const continued = mode.startsWith("multi") ? continuationEnd(text, at + 1, end) : undefined;
  if (continued !== undefined) {
    out.unit(at, continued, "", mode);
    return continued;
  }
  out.exact(at, at + 1, mode);
  return at + 1;
}

/** The number that hexadecimal digits name; undefined where it is no Unicode scalar value. */
export function codePoint(digits: string): number | undefined {
  if (!/^[\da-f]+$/i.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : code;
}

/** The end of the white space that a line-ending backslash swallows; undefined where no line ends there. */
export function continuationEnd(text: string, from: number, end: number): number | undefined {
  let at = from;
  let lines = false;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) lines = true;
    else if (code === 13) {
      if (text.charCodeAt(at + 1) !== 10) break;
    } else if (code === 32 || code === 9) continue;
    else break;
  }
  return lines ? at : undefined;
}

function isMulti(form: TomlStringForm): boolean {
  return form === "multi-basic" || form === "multi-literal";
}

function modeOf(text: string, start: number, end: number, form: TomlStringForm): Mode {
  if (form === "basic" || form === "literal") return form;
  const line = text.slice(start - 1, end).indexOf("\n") + start - 1;
  const crlf = line >= start - 1 && text.charCodeAt(line - 1) === 13;
  return crlf ? `${form}-crlf` : form;
}

function encode(text: string, mode: string): string | undefined {
  if (!isWellFormed(text)) return undefined;
  switch (mode) {
    case "literal":
      return /['\p{Cc}]/u.test(text.replaceAll("\t", "")) ? undefined : text;
    case "multi-literal":
    case "multi-literal-crlf": {
      // A quote beside another, or at the edge where one may stand next to it, could close the string.
      if (/^'|'$|''/.test(text) || /\p{Cc}/u.test(text.replace(/\r?\n|\t/g, ""))) return undefined;
      return mode === "multi-literal" ? text : text.replace(/\r?\n/g, "\r\n");
    }
    case "multi-basic":
      return encodeMultiBasic(text, "\n");
    case "multi-basic-crlf":
      return encodeMultiBasic(text.replaceAll("\r\n", "\n"), "\r\n");
    default:
      return text.replace(/["\\\p{Cc}]/gu, escaped);
  }
}

function encodeMultiBasic(text: string, newline: string): string {
  const last = text.length - 1;
  return text.replace(/["\\\p{Cc}]/gu, (c, at: number) => {
    if (c === "\n") return newline;
    if (c === "\t") return c;
    const plain = c === '"' && at > 0 && at < last && text.charAt(at - 1) !== '"' && text.charAt(at + 1) !== '"';
    return plain ? c : escaped(c);
  });
}

function escaped(c: string): string {
  switch (c) {
    case '"':
    case "\\":
      return `\\${c}`;
    case "\b":
      return "\\b";
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\f":
      return "\\f";
    case "\r":
      return "\\r";
    default:
      return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  }
}

/** No surrogate stands alone: a file in UTF-8 cannot hold one. */
function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}
