import { type Layer, MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import { readEscape, validCharacter, writeEscaped } from "./systemd-escapes.js";

/** How a stretch of a word is quoted, and so how text is written there. */
export type SystemdMode = "bare" | "double" | "single";

/**
 * A word of a unit file's setting, as `extract_first_word` with EXTRACT_CUNESCAPE and EXTRACT_UNQUOTE takes it: quotes
 * around the word or a part of it, C escapes in and out of quotes. (Measured with systemd 252.)
 */
export const systemdWord: Layer = {
  name: "systemd-word",
  encode: (text, mode) => writeEscaped(text, mode === "double" ? '"' : mode === "single" ? "'" : "bare"),
};

/** Specifiers: `%%` is a percent sign, `%h` and its kin are something that the file does not say. */
export const systemdSpecifiers: Layer = {
  name: "systemd-specifiers",
  encode: (text) => text.replaceAll("%", "%%"),
};

/** The letters that systemd 252 expands after `%` in Environment= (measured one by one), and `D` of later releases. */
export const specifierLetters = "ABCDEGHIJLMNPRSTUVWYabcdfghijlmnopqrstuvwy";

/** `text` as one word of Environment=, quoted and with its percent signs doubled; undefined where it cannot be said. */
export function quoteSystemdWord(text: string, quote: '"' | "'" | "" = '"'): string | undefined {
  const mode: SystemdMode = quote === '"' ? "double" : quote === "'" ? "single" : "bare";
  const written = systemdWord.encode(text.replaceAll("%", "%%"), mode);
  return written === undefined || (written === "" && quote === "") ? undefined : `${quote}${written}${quote}`;
}

export type QuotingFaultKind =
  | "unclosed-quote" // the word and the rest of the line are lost
  | "unknown-escape" // the same
  | "escape" // a valid escape that is not of `\`, `"` or `'`: it changes what is written
  | "invalid-character"; // not valid in UTF-8: the word is dropped

/** A fault with its span in the document. */
export interface QuotingFault {
  readonly kind: QuotingFaultKind;
  readonly span: Span;
}

/** One word. */
export interface SystemdWord {
  /** Quotes and escapes undone, specifiers not. Of a broken word, what was meant. */
  readonly text: MappedText;
  /** The word with its quotes in the text that it was read from. */
  readonly raw: Span;
  /** The quote around the whole word; empty where there is none or it quotes a part. */
  readonly quote: '"' | "'" | "";
  readonly faults: readonly QuotingFault[];
  /** systemd stops reading at this word: it and all that follows on the line is lost. */
  readonly breaks: boolean;
}

const noFaults: readonly QuotingFault[] = [];

const modes: Readonly<Record<string, SystemdMode>> = { '"': "double", "'": "single", "": "bare" };

/**
 * A word without escapes, holes and specifiers, as {@link expandSpecifiers} gives it.
 * @param from where its text begins in `outer`, inside the quote around the whole of it
 */
export function plainSystemdWord(outer: MappedText, from: number, to: number, quote: SystemdWord["quote"]): MappedText {
  const raw = { start: from - quote.length, end: to + quote.length };
  return withoutSpecifiers(exactWord(outer, raw, from, to, modes[quote] ?? "bare"));
}

function exactWord(outer: MappedText, raw: Span, from: number, to: number, mode: SystemdMode): MappedText {
  const length = to - from;
  const piece = { at: 0, length, from, width: length, exact: true, mode, unknown: false };
  return MappedText.decoded(outer, systemdWord, raw, outer.text.slice(from, to), [piece]);
}

function withoutSpecifiers(word: MappedText): MappedText {
  const { length } = word.text;
  const piece = { at: 0, length, from: 0, width: length, exact: true, mode: "", unknown: false };
  return MappedText.decoded(word, systemdSpecifiers, { start: 0, end: length }, word.text, [piece]);
}

/** The words of a setting's value. @param holes the stretches that another tool fills in, in `outer`'s offsets */
export function systemdWords(
  outer: MappedText,
  value: Span,
  holes: readonly (Span & { kind: string })[],
): SystemdWord[] {
  const words: SystemdWord[] = [];
  const scanner = new WordScanner(outer, value, holes);
  let at = scanner.skipBlanks(value.start);
  while (at < value.end) {
    const word = scanner.word(at);
    words.push(word);
    at = scanner.skipBlanks(word.raw.end);
  }
  return words;
}

class WordScanner {
  private readonly text: string;
  private readonly end: number;
  /** Quotes of which no closing one is left. */
  private readonly unpaired = new Set<string>();
  private nextHole = 0;
  /** The value has neither escapes nor holes. */
  private readonly plain: boolean;

  constructor(
    private readonly outer: MappedText,
    { start, end }: Span,
    private readonly holes: readonly (Span & { kind: string })[],
  ) {
    this.text = outer.text;
    this.end = end;
    this.plain = holes.length === 0 && !outer.text.slice(start, end).includes("\\");
  }

  /** Blanks between words, and tags of templates there. */
  skipBlanks(start: number): number {
    let at = start;
    for (;;) {
      while (at < this.end && isBlank(this.text.charCodeAt(at))) at++;
      const hole = this.holeAt(at);
      // A tag may reach beyond the line.
      if (at >= this.end || hole?.kind !== "control") return at;
      at = Math.min(hole.end, this.end);
    }
  }

  word(start: number): SystemdWord {
    return this.simpleWord(start) ?? this.anyWord(start);
  }

  /** A word that is bare or quoted as a whole, without escapes and holes, as nearly all are. */
  private simpleWord(start: number): SystemdWord | undefined {
    if (!this.plain) return undefined;
    const { text, end } = this;
    const first = text.charCodeAt(start);
    const quote = first === 0x22 ? '"' : first === 0x27 ? "'" : "";
    let stop = start + quote.length;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (quote === "" ? isBlank(code) : code === first) break;
      if (quote === "" && (code === 0x22 || code === 0x27)) return undefined;
    }
    if (quote !== "" && (stop === end || (stop + 1 < end && !isBlank(text.charCodeAt(stop + 1))))) return undefined;
    const from = start + quote.length;
    const raw = { start, end: stop + quote.length };
    const decoded = exactWord(this.outer, raw, from, stop, modes[quote] ?? "bare");
    return { text: decoded, raw, quote, faults: noFaults, breaks: false };
  }

  private anyWord(start: number): SystemdWord {
    const { text, end, outer } = this;
    const build = new MappedTextBuilder(outer, systemdWord);
    const faults: QuotingFault[] = [];
    const fault = (kind: QuotingFaultKind, from: number, to: number) =>
      faults.push({ kind, span: outer.toSource({ start: from, end: to }) });
    let quote = "";
    let opened = start;
    let from = start;
    let at = start;
    /** Where the last closing quote was. */
    let closedAt = -1;
    const flush = (to: number) => build.exact(from, to, modes[quote] ?? "bare");
    while (at < end) {
      const code = text.charCodeAt(at);
      const hole = this.holes.length > 0 ? this.holeAt(at) : undefined;
      if (hole) {
        if (quote === "" && hole.kind === "control" && closedAt === at) break;
        flush(at);
        const stop = Math.min(hole.end, end);
        build.exact(at, stop, modes[quote] ?? "bare", true);
        at = from = stop;
      } else if (code === 0x5c) {
        flush(at);
        const found = readEscape(text, at, end);
        const mode = modes[quote] ?? "bare";
        if (!found) {
          const width = Math.min(2, end - at);
          fault("unknown-escape", at, at + width);
          from = at;
          at += 1;
          continue;
        }
        build.unit(at, found.end, found.decoded, mode);
        if (!found.valid) fault("invalid-character", at, found.end);
        else if (!"\\\"'".includes(found.decoded)) fault("escape", at, found.end);
        at = from = found.end;
      } else if (quote !== "") {
        if (text.charAt(at) === quote) {
          flush(at);
          if (at === opened + 1) build.place(at, modes[quote]);
          quote = "";
          closedAt = at + 1;
          from = at + 1;
        }
        at++;
      } else if (code === 0x22 || code === 0x27) {
        const character = text.charAt(at);
        if (this.closes(character, at)) {
          flush(at);
          quote = character;
          opened = at;
          from = at + 1;
        } else {
          fault("unclosed-quote", at, end);
          if (at > start && text.charAt(at - 1) !== "=") {
            // An apostrophe inside a word: it was meant as it stands.
            at++;
            continue;
          }
          flush(at);
          build.exact(at + 1, end, modes[character]);
          at = from = end;
        }
        at++;
      } else if (isBlank(code)) {
        break;
      } else {
        at++;
      }
    }
    const stop = Math.min(at, end);
    if (from < stop) flush(stop);
    const raw = { start, end: stop };
    const whole = text.charAt(start);
    return {
      text: build.build(raw),
      raw,
      quote: (whole === '"' || whole === "'") && closedAt === stop && this.oneQuote(raw) ? whole : "",
      faults,
      breaks: faults.some(({ kind }) => kind === "unclosed-quote" || kind === "unknown-escape"),
    };
  }

  /** Whether the word's first quote is closed by its last character. */
  private oneQuote(raw: Span): boolean {
    const quote = this.text.charAt(raw.start);
    return this.closing(quote, raw.start) === raw.end - 1;
  }

  private closes(quote: string, at: number): boolean {
    if (this.unpaired.has(quote)) return false;
    if (this.closing(quote, at) >= 0) return true;
    this.unpaired.add(quote);
    return false;
  }

  private closing(quote: string, at: number): number {
    for (let i = at + 1; i < this.end; i++) {
      const hole = this.holes.length > 0 ? this.holeAt(i) : undefined;
      if (hole) i = hole.end - 1;
      else if (this.text.charCodeAt(i) === 0x5c) i++;
      else if (this.text.charAt(i) === quote) return i;
    }
    return -1;
  }

  private holeAt(at: number): (Span & { kind: string }) | undefined {
    const { holes } = this;
    while (this.nextHole > 0 && (holes[this.nextHole - 1]?.end ?? 0) > at) this.nextHole--;
    while ((holes[this.nextHole]?.end ?? Number.POSITIVE_INFINITY) <= at) this.nextHole++;
    const hole = holes[this.nextHole];
    return hole && hole.start <= at ? hole : undefined;
  }
}

/** What systemd makes of the specifiers in a word. */
export interface Expanded {
  readonly text: MappedText;
  /**
   * `unknown-specifier`: systemd drops the word; the text is what was meant. `specifier`: something of the host's or
   * the unit's stands there.
   */
  readonly faults: readonly { readonly kind: "specifier" | "unknown-specifier"; readonly span: Span }[];
}

const noSpecifiers: Expanded["faults"] = [];

/** Undoes the specifiers of a word. After `%`, a letter or digit that stands for nothing is an error, another character is kept. */
export function expandSpecifiers(word: MappedText): Expanded {
  const { text } = word;
  if (!text.includes("%")) return { text: withoutSpecifiers(word), faults: noSpecifiers };
  const holes = word.unknownSpans();
  const build = new MappedTextBuilder(word, systemdSpecifiers);
  const faults: { kind: "specifier" | "unknown-specifier"; span: Span }[] = [];
  let from = 0;
  let nextHole = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at)) {
    while ((holes[nextHole]?.end ?? Number.POSITIVE_INFINITY) <= at) nextHole++;
    const hole = holes[nextHole];
    if (hole && hole.start <= at) {
      at = hole.end;
      continue;
    }
    const next = text.charAt(at + 1);
    const end = Math.min(at + 2, text.length);
    const span = { start: at, end };
    const known = next !== "" && specifierLetters.includes(next);
    build.exact(from, at);
    // A percent sign that stays is one unit with what follows: written anew, it is doubled.
    build.unit(at, end, next === "%" ? "%" : text.slice(at, end), "", known);
    if (known) faults.push({ kind: "specifier", span: word.toSource(span) });
    else if (/^[A-Za-z\d]/.test(next)) faults.push({ kind: "unknown-specifier", span: word.toSource(span) });
    at = from = end;
  }
  build.exact(from, text.length);
  return { text: build.build({ start: 0, end: text.length }), faults };
}

/** Whether systemd takes the line: a character that is not valid in UTF-8 makes it ignore the whole of it. */
export function validText(text: string): boolean {
  if (!/[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(text)) return true;
  for (const character of text) if (!validCharacter(character.codePointAt(0) ?? 0)) return false;
  return true;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
