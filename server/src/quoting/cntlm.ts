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
export class CntlmValue {
  private own: MappedText | undefined;

  constructor(
    private readonly outer: MappedText,
    readonly form: CntlmForm,
    /** The value with its quotes. */
    readonly rawStart: number,
    readonly rawEnd: number,
    /** What cntlm takes, as it stands in `outer`. */
    private readonly from: number,
    private readonly to: number,
    /** What follows on the line and is dropped: a comment, or words after the closing quote. */
    readonly dropped: Span | undefined,
    private readonly holes: readonly Span[],
  ) {}

  /** What cntlm takes. Of an unclosed value, what was meant. */
  get text(): string {
    return this.outer.text.slice(this.from, this.to);
  }

  /** Another tool fills in a part of it. */
  get open(): boolean {
    return this.holes.length > 0 && this.value.hasUnknown();
  }

  /** Its text with where it came from. */
  get value(): MappedText {
    this.own ??= this.decode();
    return this.own;
  }

  private decode(): MappedText {
    const { from, to } = this;
    const build = new MappedTextBuilder(this.outer, cntlmValue);
    const mode = this.form === "quoted" || this.form === "unclosed" ? "quoted" : "bare";
    if (from === to && mode === "bare") build.place(from, mode);
    let at = from;
    for (const hole of this.form === "empty" ? [] : this.holes) {
      if (hole.end <= at || hole.start >= to) continue;
      build.exact(at, Math.max(at, hole.start), mode);
      build.exact(Math.max(at, hole.start), Math.min(to, hole.end), mode, true);
      at = Math.min(to, hole.end);
    }
    return build.exact(at, to, mode).build({ start: this.rawStart, end: this.rawEnd });
  }
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
  if (text.charCodeAt(start) !== 0x22) return bare(outer, start, end, holes);
  const inside = start + 1;
  const closing = findOutside(text, '"', inside, end, holes);
  if (closing === inside) {
    // substr() of a length of 0 takes all: the value is the second quote and the rest, line feed included.
    return new CntlmValue(outer, "empty", start, inside + 1, inside, end, rest(text, inside + 1, end), holes);
  }
  if (closing < 0) {
    const stop = trimEnd(text, start, end);
    return new CntlmValue(outer, "unclosed", start, stop, inside, stop, undefined, holes);
  }
  return new CntlmValue(outer, "quoted", start, closing + 1, inside, closing, rest(text, closing + 1, end), holes);
}

/** What stands where a line has no value. */
export function noCntlmValue(outer: MappedText, at: number, dropped: Span | undefined): CntlmValue {
  return new CntlmValue(outer, "bare", at, at, at, at, dropped, []);
}

function bare(outer: MappedText, start: number, end: number, holes: readonly Span[]): CntlmValue {
  const { text } = outer;
  const cut = findOutside(text, "#", start, end, holes);
  const stop = trimEnd(text, start, cut < 0 ? end : cut);
  return new CntlmValue(outer, "bare", start, stop, start, stop, cut < 0 ? undefined : rest(text, cut, end), holes);
}

/** The first `character` of a stretch that is in no hole; -1 if there is none. */
function findOutside(text: string, character: string, start: number, end: number, holes: readonly Span[]): number {
  const line = text.slice(start, end);
  let at = line.indexOf(character);
  for (const hole of holes) {
    if (at < 0) break;
    const stop = hole.end - start;
    if (at >= hole.start - start && at < stop) at = line.indexOf(character, stop);
  }
  return at < 0 ? -1 : at + start;
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
