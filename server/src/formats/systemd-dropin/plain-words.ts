import { plainSystemdWord } from "../../quoting/systemd.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { DirectiveList } from "./directives.js";
import { isSystemdBlank, skipBlanks } from "./lines.js";
import type { Directive, EnvironmentWord, WordFault, WordState } from "./tree.js";

/** A word while the lines after it are still to be read. */
export type Word = EnvironmentWord & { state: WordState };

const noFaults: readonly WordFault[] = [];

/** The line that words are from. */
export interface WordLine {
  readonly list: DirectiveList;
  readonly index: number;
  readonly read: boolean;
}

/**
 * The words of a value in which nothing but blanks and quotes around whole words means anything, as in nearly all.
 * @returns false where it is another one, and may have added words then
 */
export function addPlainWords(words: Word[], line: WordLine, outer: MappedText, from: number, end: number): boolean {
  const { text } = outer;
  let index = 0;
  for (let at = from; at < end; ) {
    const first = text.charCodeAt(at);
    if (first === 0x23) return false;
    const quote = first === 0x22 || first === 0x27 ? first : 0;
    const start = at;
    const inside = quote === 0 ? at : ++at;
    let equals = -1;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (quote === 0 ? isSystemdBlank(code) : code === quote) break;
      if (code === 0x3d) {
        if (equals < 0) equals = at - inside;
      } else if (code === 0x5c || code === 0x25 || code > 0x7e) return false;
      else if (quote === 0 && (code === 0x22 || code === 0x27)) return false;
    }
    const inner = at;
    if (quote !== 0) {
      if (at === end) return false;
      at++;
      if (at < end && !isSystemdBlank(text.charCodeAt(at))) return false;
    }
    words.push(new PlainWord(line, outer, index++, start, quote, inside, inner, equals));
    at = skipBlanks(text, at, end);
  }
  return true;
}

/** A word without escapes, specifiers and the like: its texts are made when they are asked for. */
class PlainWord implements EnvironmentWord {
  state: WordState;
  private ownText: MappedText | undefined;
  private ownName: MappedText | undefined;
  private ownValue: MappedText | undefined;

  constructor(
    private readonly line: WordLine,
    private readonly outer: MappedText,
    readonly index: number,
    private readonly start: number,
    private readonly quoteCode: number,
    private readonly from: number,
    private readonly to: number,
    private readonly equals: number,
  ) {
    this.state = !line.read ? "unread" : this.hasValidName() ? "kept" : "dropped";
  }

  get directive(): Directive {
    return this.line.list.at(this.line.index);
  }

  get quote(): EnvironmentWord["quote"] {
    return this.quoteCode === 0 ? "" : this.quoteCode === 0x22 ? '"' : "'";
  }

  get span(): Span {
    return this.outer.toSource({ start: this.start, end: this.to + (this.quoteCode === 0 ? 0 : 1) });
  }

  get text(): MappedText {
    this.ownText ??= plainSystemdWord(this.outer, this.from, this.to, this.quote);
    return this.ownText;
  }

  get nameText(): string | undefined {
    return this.equals < 0 ? undefined : this.outer.text.slice(this.from, this.from + this.equals);
  }

  get name(): MappedText | undefined {
    if (this.equals < 0) return undefined;
    this.ownName ??= this.text.slice(0, this.equals);
    return this.ownName;
  }

  get value(): MappedText | undefined {
    if (this.equals < 0) return undefined;
    this.ownValue ??= this.text.slice(this.equals + 1);
    return this.ownValue;
  }

  get faults(): readonly WordFault[] {
    const { equals, text } = this;
    if (equals < 0) return [{ kind: text.text === "export" ? "export" : "no-assignment", span: this.span }];
    if (this.hasValidName()) return noFaults;
    return [{ kind: "invalid-name", span: text.toSource({ start: 0, end: Math.max(equals, 1) }) }];
  }

  private hasValidName(): boolean {
    const { text } = this.outer;
    const end = this.from + this.equals;
    if (end <= this.from || isDigit(text.charCodeAt(this.from))) return false;
    for (let at = this.from; at < end; at++) if (!isNameCharacter(text.charCodeAt(at))) return false;
    return true;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNameCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f;
}
