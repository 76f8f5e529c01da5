import { type Layer, type MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/**
 * The value of a cntlm option, bare or in double quotes. There are no escapes: a quoted value ends at the next double
 * quote, a bare one at `#` or at the line's end, without its trailing blanks. (Read from cntlm's `config_open`, and
 * measured with cntlm 0.92.3.)
 */
export const cntlmValue: Layer = {
  name: "cntlm",
  encode(text, mode) {
    if (/[\n\0]/.test(text)) return undefined;
    if (mode === "quoted") return text === "" || text.includes('"') ? undefined : text;
    return /^[\s";]|#|\s$/.test(text) ? undefined : text;
  },
};

/** `text` as the value of an option, quoted where it must be; undefined where cntlm has no way to say it. */
export function quoteCntlm(text: string): string | undefined {
  if (text === "") return undefined;
  const bare = cntlmValue.encode(text, "bare");
  if (bare !== undefined) return bare;
  const quoted = cntlmValue.encode(text, "quoted");
  return quoted === undefined ? undefined : `"${quoted}"`;
}

/** How a value is written. `empty`: two double quotes, of which cntlm makes one and the rest of the line. */
export type CntlmForm = "bare" | "quoted" | "empty" | "unclosed";

/** A value as it stands in its line. */
export interface CntlmValue {
  readonly form: CntlmForm;
  /** What cntlm takes. Of an unclosed value, what was meant. */
  readonly value: MappedText;
  /** The value with its quotes. */
  readonly raw: Span;
  /** What follows on the line and is dropped: a comment, or words after the closing quote. */
  readonly dropped: Span | undefined;
}

/** The six characters that C's isspace takes; cntlm runs in the C locale. */
export function isCntlmBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13);
}

/**
 * Reads a value.
 * @param start of the value's first character, which is no blank, `#` or `;`
 * @param end of the line, without the line feed
 * @param holes the stretches of the line that another tool fills in
 */
export function decodeCntlmValue(outer: MappedText, start: number, end: number, holes: readonly Span[]): CntlmValue {
  const { text } = outer;
  const trimmed = trimEnd(text, start, end);
  if (text.charCodeAt(start) !== 0x22) return bare(outer, start, end, holes);
  const inside = start + 1;
  const closing = findOutside(text, '"', { start: inside, end }, holes);
  if (closing === inside) {
    // substr() of a length of 0 takes all: the value is the second quote and the rest, line feed included.
    const build = new MappedTextBuilder(outer, cntlmValue).exact(inside, end, "bare");
    const raw = { start, end: inside + 1 };
    return { form: "empty", raw, value: build.build(raw), dropped: rest(text, inside + 1, end) };
  }
  const stop = closing < 0 ? trimmed : closing;
  const raw = { start, end: closing < 0 ? trimmed : closing + 1 };
  const value = filled(new MappedTextBuilder(outer, cntlmValue), inside, stop, "quoted", holes).build(raw);
  return closing < 0
    ? { form: "unclosed", raw, value, dropped: undefined }
    : { form: "quoted", raw, value, dropped: rest(text, closing + 1, end) };
}

function bare(outer: MappedText, start: number, end: number, holes: readonly Span[]): CntlmValue {
  const { text } = outer;
  const cut = findOutside(text, "#", { start, end }, holes);
  const raw = { start, end: trimEnd(text, start, cut < 0 ? end : cut) };
  const value = filled(new MappedTextBuilder(outer, cntlmValue), raw.start, raw.end, "bare", holes).build(raw);
  return { form: "bare", raw, value, dropped: cut < 0 ? undefined : rest(text, cut, end) };
}

/** The first `character` of a stretch that is in no hole; -1 if there is none. */
function findOutside(text: string, character: string, within: Span, holes: readonly Span[]): number {
  const line = text.slice(within.start, within.end);
  let at = line.indexOf(character);
  for (const hole of holes) {
    if (at < 0) break;
    const end = hole.end - within.start;
    if (at >= hole.start - within.start && at < end) at = line.indexOf(character, end);
  }
  return at < 0 ? -1 : at + within.start;
}

function filled(build: MappedTextBuilder, start: number, end: number, mode: string, holes: readonly Span[]) {
  let at = start;
  for (const hole of holes) {
    if (hole.end <= at || hole.start >= end) continue;
    build.exact(at, Math.max(at, hole.start), mode);
    build.exact(Math.max(at, hole.start), Math.min(end, hole.end), mode, true);
    at = Math.min(end, hole.end);
  }
  return build.exact(at, end, mode);
}

function rest(text: string, start: number, end: number): Span | undefined {
  let at = start;
  while (at < end && isCntlmBlank(text.charCodeAt(at))) at++;
  return at < end ? { start: at, end: trimEnd(text, at, end) } : undefined;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isCntlmBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
