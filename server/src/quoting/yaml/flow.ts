import type { MappedText } from "../../text/mapped-text.js";
import { MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { yamlMode, yamlScalar } from "./modes.js";

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;

function isBlank(code: number): boolean {
  return code === blank || code === tab;
}

/** A stretch of one line, without the blanks that folding removes. */
interface FoldedPart {
  readonly from: number;
  readonly to: number;
  /** What stands before it in the decoded text, for the line ends since the part before. */
  readonly join: string;
}

/** Cuts `[start, end)` into what is left of its lines: one line end is a blank, n of them n - 1 line ends. */
function foldedParts(text: string, start: number, end: number): readonly FoldedPart[] {
  const parts: FoldedPart[] = [];
  let join = "";
  let pending = "";
  let from = start;
  for (;;) {
    const found = text.indexOf("\n", from);
    const last = found < 0 || found >= end;
    let to = last ? end : found;
    const first = parts.length === 0;
    if (!first) while (from < to && isBlank(text.charCodeAt(from))) from++;
    if (!last) {
      if (to > from && text.charCodeAt(to - 1) === carriageReturn) to--;
      while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    }
    if (first || last || to > from) {
      parts.push({ from, to, join: join + pending });
      join = "";
      pending = " ";
    } else if (pending === "\n") join += "\n";
    else pending = "\n";
    if (last) return parts;
    from = found + 1;
  }
}

/** @param span the scalar's text, first to last character. */
export function decodePlain(outer: MappedText, span: Span, inFlow: boolean): MappedText {
  const out = new MappedTextBuilder(outer, yamlScalar);
  const parts = foldedParts(outer.text, span.start, span.end);
  const flags = (inFlow ? "," : "") + (parts.length > 1 ? "+" : "");
  const inside = yamlMode("plain", flags);
  let gap = span.start;
  for (const part of parts) {
    if (part.join !== "") out.unit(gap, part.from, part.join, inside);
    gap = part.to;
    if (part.to <= part.from) continue;
    const isFirst = part.from === span.start;
    const isLast = part.to === span.end;
    const head = part.from + (isFirst ? 1 : 0);
    const tail = Math.max(head, part.to - (isLast ? 1 : 0));
    const only = isFirst && isLast && part.to - part.from === 1;
    out.exact(part.from, head, yamlMode("plain", `^${only ? "$" : ""}${flags}`));
    out.exact(head, tail, inside);
    out.exact(tail, part.to, yamlMode("plain", `$${flags}`));
  }
  return out.build(span);
}

/** @param span the scalar with its quotes; the closing one may be missing. */
export function decodeSingle(outer: MappedText, span: Span): MappedText {
  const { text } = outer;
  const start = Math.min(span.start + 1, span.end);
  const closed = span.end > start && text.charAt(span.end - 1) === "'";
  const end = closed ? span.end - 1 : span.end;
  const parts = foldedParts(text, start, end);
  const mode = yamlMode("single", parts.length > 1 ? "+" : "");
  const out = new MappedTextBuilder(outer, yamlScalar);
  let gap = start;
  for (const { from, to, join } of parts) {
    if (join !== "") out.unit(gap, from, join, mode);
    gap = to;
    let at = from;
    for (let quote = text.indexOf("''", at); quote >= 0 && quote + 2 <= to; quote = text.indexOf("''", at)) {
      out.exact(at, quote, mode).unit(quote, quote + 2, "'", mode);
      at = quote + 2;
    }
    out.exact(at, to, mode);
  }
  if (out.decodedLength === 0) out.place(start, mode);
  return out.build(span);
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};

/** @param span the scalar with its quotes; the closing one may be missing. */
export function decodeDouble(outer: MappedText, span: Span): MappedText {
  const { text } = outer;
  const start = Math.min(span.start + 1, span.end);
  const closed = span.end > start && text.charAt(span.end - 1) === '"';
  const end = closed ? span.end - 1 : span.end;
  const lineBreak = text.indexOf("\n", start);
  const mode = yamlMode("double", lineBreak >= 0 && lineBreak < end ? "+" : "");
  const out = new MappedTextBuilder(outer, yamlScalar);
  let from = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      out.exact(from, at, mode);
      const { decoded, width } = readEscape(text, at, end);
      out.unit(at, at + width, decoded, mode);
      at += width;
      from = at;
    } else if (isBlank(code) || code === lineFeed || code === carriageReturn) {
      const fold = readFold(text, at, end);
      if (fold.decoded !== undefined) {
        out.exact(from, at, mode).unit(at, fold.end, fold.decoded, mode);
        from = fold.end;
      }
      at = fold.end;
    } else {
      at++;
    }
  }
  out.exact(from, Math.max(from, end), mode);
  if (out.decodedLength === 0) out.place(start, mode);
  return out.build(span);
}

/** Blanks and line ends at `at`. Without a line end among them they stand for themselves: `decoded` is undefined. */
function readFold(text: string, at: number, end: number): { end: number; decoded?: string } {
  let to = at;
  while (to < end && isBlank(text.charCodeAt(to))) to++;
  if (!isLineEnd(text, to, end)) return { end: Math.max(to, at + 1) };
  let lines = 0;
  while (to < end) {
    if (isLineEnd(text, to, end)) {
      lines++;
      to += text.charCodeAt(to) === lineFeed ? 1 : 2;
    } else if (isBlank(text.charCodeAt(to))) to++;
    else break;
  }
  return { end: to, decoded: lines === 1 ? " " : "\n".repeat(lines - 1) };
}

function isLineEnd(text: string, at: number, end: number): boolean {
  if (at >= end) return false;
  const code = text.charCodeAt(at);
  return code === lineFeed || (code === carriageReturn && at + 1 < end && text.charCodeAt(at + 1) === lineFeed);
}

const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(text: string, at: number, end: number): { decoded: string; width: number } {
  const letter = text.charAt(at + 1);
  const known = escapes[letter];
  if (known !== undefined) return { decoded: known, width: 2 };
  if (isLineEnd(text, at + 1, end)) {
    let to = at + (letter === "\n" ? 2 : 3);
    while (to < end && isBlank(text.charCodeAt(to))) to++;
    return { decoded: "", width: to - at };
  }
  const digits = digitsOf[letter];
  if (digits !== undefined) {
    const hex = text.slice(at + 2, Math.min(end, at + 2 + digits));
    const code = hex.length === digits && /^[\da-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
    if (code <= 0x10ffff) return { decoded: String.fromCodePoint(code), width: 2 + digits };
  }
  const width = Math.min(2, end - at);
  return { decoded: text.slice(at, at + width), width };
}
