import { expandSpecifiers, type SystemdWord, systemdWords } from "../../quoting/systemd.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Hole } from "../../text/template.js";
import type { DirectiveList } from "./directives.js";
import { addPlainWords, type Word } from "./plain-words.js";
import type { Directive, EnvironmentWord, WordFault, WordState } from "./tree.js";

const typographic = /[\u2018-\u201f\u00ab\u00bb\u2033\u2032]/;
const variableName = /^[A-Za-z_]\w*$/;

/** The key in whatever letter case. */
export function isEnvironmentKey(key: string): boolean {
  return key.length === 11 && key.toLowerCase() === "environment";
}

/** Whether systemd reads the line as the given key of [Service]. */
export function readAs(directive: Directive, key: string): boolean {
  return directive.read && directive.key === key && directive.section?.kind === "Service";
}

/** Collects the words of all Environment= lines, and what becomes of each. */
export class EnvironmentReader {
  readonly words: Word[] = [];
  private readonly indices: number[] = [];
  private readonly unsets: number[] = [];
  private own: readonly Directive[] | undefined;
  private sinceCleared = 0;

  constructor(private readonly list: DirectiveList) {}

  get directives(): readonly Directive[] {
    this.own ??= this.indices.map((index) => this.list.at(index));
    return this.own;
  }

  /**
   * A line whose key is Environment in whatever letter case.
   * @param index the directive's in the list
   * @param read it is Environment= of [Service], and systemd reads it
   * @param start of the value in `outer`
   */
  assign(index: number, read: boolean, outer: MappedText, holes: readonly Hole[], start: number, end: number): void {
    const { words, list } = this;
    this.indices.push(index);
    if (start === end) {
      if (!read) return;
      for (const word of words.slice(this.sinceCleared)) if (word.state === "kept") word.state = "cleared";
      this.sinceCleared = words.length;
      return;
    }
    const first = words.length;
    if (holes.length > 0 || !addPlainWords(words, { list, index, read }, outer, start, end)) {
      words.length = first;
      addWords(words, list.at(index), read);
    }
  }

  /** A line UnsetEnvironment= of [Service] that systemd reads. */
  unset(index: number): void {
    this.unsets.push(index);
  }

  /** To be called after the last line: UnsetEnvironment= works when the unit starts, on whatever line it stands. */
  finish(): void {
    const names = new Set<string>();
    for (const index of this.unsets) {
      const directive = this.list.at(index);
      if (directive.empty) names.clear();
      for (const { text } of plainWords(directive)) names.add(text);
    }
    if (names.size === 0) return;
    for (const word of this.words) {
      const given = word.state === "kept" && (names.has(word.name?.text ?? "") || names.has(word.text.text));
      if (given) word.state = "unset";
    }
  }
}

/** The words of a list of names, specifiers undone; those from a broken one on are left out. */
export function plainWords(directive: Directive): readonly MappedText[] {
  const { line } = directive;
  const words = systemdWords(line.outer, outerSpan(directive), line.holes);
  const broken = words.findIndex((word) => word.breaks);
  return (broken < 0 ? words : words.slice(0, broken)).map((word) => expandSpecifiers(word.text).text);
}

/** Where a directive's value stands in the text of its line. */
function outerSpan({ line, valueStart }: Directive): Span {
  return { start: valueStart, end: line.end };
}

function addWords(words: Word[], directive: Directive, read: boolean): void {
  const { outer, holes } = directive.line;
  const conditional = holes.some((hole) => hole.kind === "control");
  const value = outerSpan(directive);
  let lost = false;
  let comment = false;
  let index = 0;
  for (const found of systemdWords(outer, value, holes)) {
    lost ||= found.breaks;
    const word = new ReadWord(directive, found, index++, conditional);
    word.state = !read ? "unread" : lost ? "lost" : isDropped(word.faults) ? "dropped" : "kept";
    if (comment || outer.text.charCodeAt(found.raw.start) === 0x23) {
      const end = comment ? found.raw.end : value.end;
      word.fault("comment", outer.toSource({ start: found.raw.start, end }));
      comment = true;
    }
    words.push(word);
  }
}

const dropping: readonly WordFault["kind"][] = [
  "unknown-specifier",
  "no-assignment",
  "invalid-name",
  "invalid-character",
  "export",
];

function isDropped(faults: readonly WordFault[]): boolean {
  return faults.some((fault) => dropping.includes(fault.kind));
}

const noFaults: readonly WordFault[] = [];

class ReadWord implements EnvironmentWord {
  state: WordState = "kept";
  readonly text: MappedText;
  readonly quote: EnvironmentWord["quote"];
  readonly span: Span;
  faults: readonly WordFault[];
  private readonly parts: {
    readonly start: number;
    readonly equals: number;
    readonly value: number;
    readonly end: number;
  };
  private ownName: MappedText | undefined;
  private ownValue: MappedText | undefined;

  constructor(
    readonly directive: Directive,
    word: SystemdWord,
    readonly index: number,
    conditional: boolean,
  ) {
    const expanded = expandSpecifiers(word.text);
    const { text } = expanded;
    this.text = text;
    this.quote = word.quote;
    this.span = directive.line.outer.toSource(word.raw);
    const found = word.faults.length + expanded.faults.length;
    this.faults = found === 0 ? noFaults : [...word.faults, ...expanded.faults];
    const equals = text.text.indexOf("=");
    const { length } = text.text;
    this.parts = { start: 0, equals, value: equals + 1, end: length };
    if (equals < 0) {
      if (!conditional && !text.hasUnknown())
        this.fault(text.text === "export" ? "export" : "no-assignment", this.span);
      return;
    }
    if (typographic.test(text.text)) this.parts = { equals, ...this.withoutTypographicQuotes(equals) };
    if (!variableName.test(text.text.slice(0, equals)) && !text.hasUnknown({ start: 0, end: equals })) {
      this.fault("invalid-name", text.toSource({ start: 0, end: Math.max(equals, 1) }));
    }
  }

  get name(): MappedText | undefined {
    const { start, equals } = this.parts;
    if (equals < 0) return undefined;
    this.ownName ??= this.text.slice(start, equals);
    return this.ownName;
  }

  get nameText(): string | undefined {
    return this.name?.text;
  }

  get value(): MappedText | undefined {
    const { equals, value, end } = this.parts;
    if (equals < 0) return undefined;
    this.ownValue ??= this.text.slice(value, end);
    return this.ownValue;
  }

  fault(kind: WordFault["kind"], span: Span): void {
    this.faults = [...this.faults, { kind, span }];
  }

  /**
   * Where name and value begin and end. Where a typographic quote stands before the name, systemd drops the word, and the
   * quotes are left out of what was meant; elsewhere they are part of the value.
   */
  private withoutTypographicQuotes(equals: number): { start: number; value: number; end: number } {
    const { text } = this;
    const { length } = text.text;
    const marks = [...new Set([0, equals + 1, length - 1])].filter((at) => typographic.test(text.text.charAt(at)));
    for (const at of marks) this.fault("typographic-quote", text.toSource({ start: at, end: at + 1 }));
    const value = equals + 1;
    if (!marks.includes(0)) return { start: 0, value, end: length };
    const end = marks.includes(length - 1) && length - 1 > equals ? length - 1 : length;
    return { start: 1, value: marks.includes(value) && value < end ? value + 1 : value, end };
  }
}
