import { type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { readDollarSingle } from "./dollar-single.js";
import type { EscapeSet } from "./escapes.js";
import { type Expansion, readExpansion, startsExpansion } from "./expansion.js";
import { shellLayer } from "./layer.js";
import type { Dialect, ShellSource } from "./source.js";

/** One word of a shell text. */
export interface ShellWord {
  /** Its value after the quotes are gone. Expansions stay as unknown pieces, written `$NAME`, `${NAME}` or `$(…)`. */
  readonly text: MappedText;
  /** In the shell text, quotes included. */
  readonly span: Span;
  /** Something in it is quoted: it is no reserved word, and a here-document's delimiter is literal. */
  readonly quoted: boolean;
  readonly expansions: readonly Expansion[];
  /** bash reads it otherwise than dash does: `$'…'`, `$"…"`. */
  readonly bashOnly: boolean;
  /** Outside quotes stands `{a,b}` or `{1..3}`, of which bash makes several words. */
  readonly braces: boolean;
  /** Outside quotes stands an expansion or a pattern, which may make several words of it, or none. */
  readonly splits: boolean;
  /** A quote or an expansion is not closed; its beginning. */
  readonly unclosed?: number;
}

/** What ends a word. */
const ends = /[\s;&|<>()]/;
const special = /[\s;&|<>()\\'"$`~{}*?[]/g;
const doubleSpecial = /["\\$`]/g;
const blank = new Set([" ", "\t", "\n"]);

/** Whether a word ends at `at`. A carriage return, a form feed and the blanks of Unicode are ordinary characters. */
export function endsWord(text: string, at: number): boolean {
  const c = text.charAt(at);
  return c === "" || (ends.test(c) && (blank.has(c) || !/\s/.test(c)));
}

export interface WordOptions {
  readonly dialect?: Dialect;
  /** Where an assignment's value begins: a tilde there is a home directory, a parenthesis an array of bash. */
  readonly valueAt?: number;
  /** Metacharacters are ordinary (inside `[[ … ]]`): only blanks end the word. */
  readonly onlyBlanksEnd?: boolean;
}

/** Reads the word at `at`, which is not the end of one. Never throws; what is not closed runs to the end of the text. */
export function readWord(source: ShellSource, at: number, options: WordOptions = {}): ShellWord {
  return new WordReader(source, at, options).read();
}

class WordReader {
  private readonly text: string;
  private readonly builder: MappedTextBuilder;
  private readonly expansions: Expansion[] = [];
  private readonly bash: boolean;
  private readonly dollarSingle: EscapeSet | undefined;
  private i: number;
  private quoted = false;
  private bashOnly = false;
  private splits = false;
  private unclosed: number | undefined;
  private brace: number | undefined;
  private braces = false;

  constructor(
    private readonly source: ShellSource,
    private readonly start: number,
    private readonly options: WordOptions,
  ) {
    this.text = source.text;
    this.builder = new MappedTextBuilder(source.mapped, shellLayer);
    this.i = start;
    const { dialect = "bash" } = options;
    this.bash = dialect === "bash";
    this.dollarSingle = dialect === "dash" ? undefined : `${dialect}-dollar`;
  }

  read(): ShellWord {
    while (this.i < this.text.length && this.plainStep());
    const span = { start: this.start, end: this.i };
    return {
      text: this.builder.build(span),
      span,
      quoted: this.quoted,
      expansions: this.expansions,
      bashOnly: this.bashOnly,
      braces: this.braces,
      splits: this.splits,
      ...(this.unclosed !== undefined && { unclosed: this.unclosed }),
    };
  }

  /** Reads what stands outside quotes. @returns false at the word's end */
  private plainStep(): boolean {
    const { text, builder } = this;
    const opaque = this.source.opaqueEnd(this.i);
    if (opaque !== undefined) {
      builder.exact(this.i, opaque, "plain");
      this.splits = true;
      this.i = opaque;
      return true;
    }
    special.lastIndex = this.i;
    const next = special.exec(text)?.index ?? text.length;
    const stop = this.source.opaqueStart(this.i, next);
    if (stop > this.i) {
      builder.exact(this.i, stop, "plain");
      this.i = stop;
      return true;
    }
    const c = text.charAt(this.i);
    switch (c) {
      case "\\":
        this.escape();
        return true;
      case "'":
        this.single();
        return true;
      case '"':
        this.double(this.i);
        return true;
      case "$":
      case "`":
        this.dollar(c);
        return true;
      case "~":
        this.tilde();
        return true;
      case "(":
        if (this.i !== this.options.valueAt) break;
        this.expand(false);
        return true;
      case "<":
      case ">":
        if (text.charAt(this.i + 1) !== "(") break;
        this.bashOnly = true;
        this.expand(false);
        return true;
    }
    if (this.options.onlyBlanksEnd ? blank.has(c) || c === ";" : endsWord(text, this.i)) return false;
    this.pattern(c);
    builder.exact(this.i, this.i + 1, "plain");
    this.i++;
    return true;
  }

  private pattern(c: string): void {
    if (c === "*" || c === "?" || c === "[") this.splits = true;
    else if (c === "{") this.brace ??= this.i;
    else if (c === "}" && this.brace !== undefined) {
      if (/,|\.\./.test(this.text.slice(this.brace, this.i))) this.braces = true;
      this.brace = undefined;
    }
  }

  private escape(): void {
    const next = this.text.charAt(this.i + 1);
    if (next === "") this.builder.exact(this.i, this.i + 1, "plain");
    else if (next !== "\n") {
      this.quoted = true;
      this.builder.unit(this.i, this.i + 2, next, "plain");
    }
    this.i = Math.min(this.text.length, this.i + 2);
  }

  private single(): void {
    const open = this.i;
    const close = this.text.indexOf("'", open + 1);
    const end = close < 0 ? this.text.length : close;
    if (close < 0) this.unclosed ??= open;
    this.quoted = true;
    if (end === open + 1) this.builder.place(end, "single");
    this.builder.exact(open + 1, end, "single");
    this.i = close < 0 ? end : end + 1;
  }

  /** @param open where `"` or `$"` begins */
  private double(open: number): void {
    const { text, builder } = this;
    this.quoted = true;
    this.i++;
    const begin = this.i;
    while (this.i < text.length) {
      const opaque = this.source.opaqueEnd(this.i);
      if (opaque !== undefined) {
        builder.exact(this.i, opaque, "double");
        this.i = opaque;
        continue;
      }
      doubleSpecial.lastIndex = this.i;
      const next = this.source.opaqueStart(this.i, doubleSpecial.exec(text)?.index ?? text.length);
      if (next > this.i) {
        builder.exact(this.i, next, "double");
        this.i = next;
        continue;
      }
      const c = text.charAt(this.i);
      if (c === '"') {
        if (this.i === begin) builder.place(begin, "double");
        this.i++;
        return;
      }
      if (c === "\\") this.doubleEscape();
      else if (startsExpansion(text, this.i)) this.expand(true);
      else {
        builder.exact(this.i, this.i + 1, "double");
        this.i++;
      }
    }
    this.unclosed ??= open;
  }

  private doubleEscape(): void {
    const next = this.text.charAt(this.i + 1);
    if (next !== "" && '$`"\\'.includes(next)) this.builder.unit(this.i, this.i + 2, next, "double");
    else if (next !== "\n") {
      this.builder.exact(this.i, this.i + 1, "double");
      this.i++;
      return;
    }
    this.i += 2;
  }

  private dollar(c: string): void {
    const next = this.text.charAt(this.i + 1);
    if (c === "$" && (next === "'" || next === '"')) {
      this.bashOnly = true;
      if (next === "'" && this.dollarSingle) {
        const { end, closed } = readDollarSingle(this.text, this.i, this.builder, this.dollarSingle);
        if (!closed) this.unclosed ??= this.i;
        this.quoted = true;
        this.i = end;
        return;
      }
      if (next === '"' && this.bash) {
        this.i++;
        this.double(this.i - 1);
        return;
      }
    } else if (startsExpansion(this.text, this.i)) {
      this.splits = true;
      this.expand(false);
      return;
    }
    this.builder.exact(this.i, this.i + 1, "plain");
    this.i++;
  }

  private expand(inDouble: boolean): void {
    const first = this.expansions.length;
    const start = this.i;
    this.i = readExpansion(this.source, start, inDouble, this.expansions);
    const expansion = this.expansions[first];
    if (!expansion) return;
    if (!expansion.closed) this.unclosed ??= start;
    addExpansion(this.builder, this.source.text, expansion, inDouble ? "double" : "plain");
  }

  private tilde(): void {
    const atStart = this.i === this.start || this.i === this.options.valueAt;
    const name = /~[\w.+-]*(?=[/\s;&|<>():]|$)/y;
    name.lastIndex = this.i;
    const found = atStart ? name.exec(this.text)?.[0] : undefined;
    const end = this.i + (found?.length ?? 1);
    this.builder.exact(this.i, end, "plain", found !== undefined);
    this.i = end;
  }
}

/**
 * Puts an expansion into a decoding as one unknown piece: `$NAME` and the like as it is written; what holds quotes or
 * commands as `${NAME}` or `$(…)`, so that no character of it is taken for one of the value.
 */
export function addExpansion(builder: MappedTextBuilder, text: string, expansion: Expansion, mode: string): void {
  const { start, end } = expansion.span;
  const written = text.slice(start, end);
  if (/^[\w${}:@*#?!-]*$/.test(written)) builder.exact(start, end, mode, true);
  else builder.unit(start, end, expansion.name === undefined ? "$(…)" : `\${${expansion.name}}`, mode, true);
}

/** Several words as one text. */
export interface JoinedWords {
  readonly text: MappedText;
  /** The stretch of each word in `text`. */
  readonly spans: readonly Span[];
}

/** Several words of one shell text as one text, with a blank between two, as `echo` and `eval` join them. */
export function joinWords(source: MappedText, words: readonly ShellWord[]): JoinedWords {
  const builder = new MappedTextBuilder(source, shellLayer);
  const spans: Span[] = [];
  words.forEach((word, index) => {
    const before = words[index - 1];
    if (before) builder.unit(before.span.end, word.span.start, " ", "separator");
    const start = builder.decodedLength;
    const { text, pieces } = word.text;
    for (const piece of pieces) {
      const end = piece.from + piece.width;
      if (piece.length === 0) builder.place(piece.from, piece.mode);
      else if (piece.exact) builder.exact(piece.from, end, piece.mode, piece.unknown);
      else builder.unit(piece.from, end, text.slice(piece.at, piece.at + piece.length), piece.mode, piece.unknown);
    }
    spans.push({ start, end: builder.decodedLength });
  });
  const span = { start: words[0]?.span.start ?? 0, end: words.at(-1)?.span.end ?? 0 };
  return { text: builder.build(span), spans };
}
