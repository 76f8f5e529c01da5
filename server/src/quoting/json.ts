import type { Layer, MappedText } from "../text/mapped-text.js";
import { MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/** The inside of a JSON string. Characters that need no escape are written as they are. */
export const jsonString: Layer = {
  name: "json-string",
  encode: (text) => text.replace(/["\\\p{Cc}]/gu, escaped),
};

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const written: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escaped(character: string): string {
  return written[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `text` as a JSON string with its quotes. */
export function quoteJson(text: string): string {
  return `"${jsonString.encode(text, "")}"`;
}

/**
 * Decodes a JSON string as Go's encoding/json does: half a surrogate pair becomes U+FFFD. An escape that JSON does not
 * know stands for itself; the parser reports it.
 * @param span the string in `outer` with its quotes; the closing one may be missing.
 */
export function decodeJsonString(outer: MappedText, span: Span): MappedText {
  const { text } = outer;
  const out = new MappedTextBuilder(outer, jsonString);
  const start = Math.min(span.start + 1, span.end);
  let end = span.end;
  let from = start;
  let at = start;
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c === 0x22) {
      end = at;
    } else if (c === 0x5c) {
      out.exact(from, at);
      const { decoded, width } = readEscape(text, at, end);
      out.unit(at, at + width, decoded);
      at += width;
      from = at;
    } else {
      at++;
    }
  }
  out.exact(from, end);
  if (end === start) out.place(start);
  return out.build(span);
}

interface Escape {
  readonly decoded: string;
  readonly width: number;
}

function readEscape(text: string, at: number, end: number): Escape {
  const letter = text.charAt(at + 1);
  if (letter !== "u") {
    const width = Math.min(2, end - at);
    return { decoded: shortEscapes[letter] ?? text.slice(at, at + width), width };
  }
  const first = hex4(text, at + 2, end);
  if (first === undefined) return { decoded: text.slice(at, Math.min(at + 2, end)), width: Math.min(2, end - at) };
  if (first < 0xd800 || first > 0xdfff) return { decoded: String.fromCharCode(first), width: 6 };
  if (first < 0xdc00 && text.startsWith("\\u", at + 6)) {
    const second = hex4(text, at + 8, end);
    if (second !== undefined && second >= 0xdc00 && second <= 0xdfff) {
      return { decoded: String.fromCharCode(first, second), width: 12 };
    }
  }
  return { decoded: "\ufffd", width: 6 };
}

function hex4(text: string, at: number, end: number): number | undefined {
  if (at + 4 > end) return undefined;
  const digits = text.slice(at, at + 4);
  return /^[\da-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
