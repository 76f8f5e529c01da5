import { type Layer, type MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import { validCharacter } from "./systemd-escapes.js";

/**
 * A value in a file of EnvironmentFile=, as systemd's `parse_env_file` takes it: `\` takes the next character as it is
 * and joins lines, quotes may stand anywhere at the start of a piece, nothing is expanded. (Measured with systemd 252.)
 * The mode is how the place is quoted: `bare`, `double` or `single`.
 */
export const environmentFileValue: Layer = {
  name: "environment-file",
  encode(text, mode) {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if (code === 0 || !validCharacter(code)) return undefined;
    }
    if (mode === "single") return text.includes("'") ? undefined : text;
    if (mode === "double") return text.replace(/["\\`$]/g, "\\$&");
    return /[\r\n]/.test(text) ? undefined : text.replace(/[\s"'\\]/g, "\\$&");
  },
};

/** `text` as a value of such a file, quoted where it must be; undefined where it cannot be said. */
export function quoteEnvironmentFileValue(text: string): string | undefined {
  if (/^[^\s"'\\]*$/.test(text)) return environmentFileValue.encode(text, "bare");
  const written = environmentFileValue.encode(text, "double");
  return written === undefined ? undefined : `"${written}"`;
}

/** One assignment of such a file. */
export interface EnvironmentFileEntry {
  readonly name: MappedText;
  readonly value: MappedText;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** Its lines with the line ending. */
  readonly whole: Span;
  /** The name is one that a variable can have; systemd drops the others (`export NAME`). */
  readonly valid: boolean;
}

/** Reads a file of EnvironmentFile=. Lines without `=` are dropped. Linear in the text's length. */
export function readEnvironmentFile(source: MappedText): readonly EnvironmentFileEntry[] {
  const { text } = source;
  const entries: EnvironmentFileEntry[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) at++;
    else if (code === 0x23 || code === 0x3b) at = commentEnd(text, at);
    else {
      const nameEnd = keyEnd(text, at);
      if (text.charAt(nameEnd) !== "=") {
        at = nameEnd;
        continue;
      }
      const trimmed = trimmedEnd(text, at, nameEnd);
      const value = readValue(source, nameEnd + 1);
      const name = source.slice(at, trimmed);
      entries.push({
        name,
        value: value.text,
        span: { start: at, end: value.text.outerSpan.end },
        whole: { start: lineStart(text, at), end: value.next },
        valid: /^[A-Za-z_]\w*$/.test(name.text),
      });
      at = value.next;
    }
  }
  return entries;
}

/** The end of a comment; `\` takes the character after it in, be it a line ending (until systemd 254). */
function commentEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isNewline(text.charCodeAt(at))) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return Math.min(at, text.length);
}

function keyEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== "=" && !isNewline(text.charCodeAt(at))) at++;
  return at;
}

function readValue(source: MappedText, start: number): { text: MappedText; next: number } {
  const { text } = source;
  const build = new MappedTextBuilder(source, environmentFileValue);
  // Between pieces blanks are skipped and quotes open; within a bare piece they are characters.
  let bare = false;
  let at = start;
  while (at < text.length && !isNewline(text.charCodeAt(at))) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      const joins = isNewline(text.charCodeAt(at + 1));
      const end = Math.min(at + 2, text.length);
      build.unit(at, end, joins ? "" : text.slice(at + 1, end), "bare");
      at = end;
      bare = true;
    } else if (!bare && (code === 0x22 || code === 0x27)) {
      at = readQuoted(build, text, at);
    } else if (!bare && isBlank(code)) {
      at++;
    } else {
      bare = true;
      const end = bareEnd(text, at);
      const stop = isNewline(text.charCodeAt(end)) || end === text.length ? trimmedEnd(text, at, end) : end;
      build.exact(at, stop, "bare");
      at = end;
    }
  }
  const end = trimmedEnd(text, start, Math.min(at, text.length));
  if (build.decodedLength === 0) build.place(Math.min(start, text.length), "bare");
  return { text: build.build({ start, end: Math.max(start, end) }), next: skipNewline(text, at) };
}

function bareEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== 0x5c && !isNewline(text.charCodeAt(at))) at++;
  return at;
}

/** Quoted text may hold line breaks, and end with the file. @returns the offset after the closing quote */
function readQuoted(build: MappedTextBuilder, text: string, opening: number): number {
  const single = text.charCodeAt(opening) === 0x27;
  const mode = single ? "single" : "double";
  let from = opening + 1;
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== (single ? 0x27 : 0x22)) {
    if (single || text.charCodeAt(at) !== 0x5c || at + 1 >= text.length) {
      at++;
      continue;
    }
    build.exact(from, at, mode);
    const next = text.charAt(at + 1);
    build.unit(at, at + 2, '"\\`$'.includes(next) ? next : next === "\n" ? "" : `\\${next}`, mode);
    at = from = at + 2;
  }
  build.exact(from, at, mode);
  if (at === opening + 1) build.place(at, mode);
  return Math.min(at + 1, text.length);
}

function isNewline(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || isNewline(code);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isNewline(text.charCodeAt(start - 1))) start--;
  return start;
}

function skipNewline(text: string, at: number): number {
  return text.startsWith("\r\n", at) ? at + 2 : Math.min(at + 1, text.length);
}
