import { expandSpecifiers, type SystemdWord, systemdWords } from "../../quoting/systemd.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Directive, EnvironmentWord, WordFault, WordState } from "./tree.js";

const typographic = /[“”„‟«»‘’‚‛]/;
const variableName = /^[A-Za-z_]\w*$/;

/** A word while its state may still change. */
type Draft = { -readonly [K in keyof EnvironmentWord]: EnvironmentWord[K] };

/** The key in whatever letter case. */
export function isEnvironmentKey(key: string): boolean {
  return key.toLowerCase() === "environment";
}

/** Whether systemd reads the line as the given key of [Service]. */
export function readAs(directive: Directive, key: string): boolean {
  return directive.read && directive.key === key && directive.section?.kind === "Service";
}

/** The words of all Environment= lines and what becomes of each. */
export function environmentWords(directives: readonly Directive[]): readonly EnvironmentWord[] {
  const all: Draft[] = [];
  for (const directive of directives) {
    if (isEnvironmentKey(directive.key)) {
      const read = readAs(directive, "Environment");
      if (read && directive.value.text === "") {
        for (const word of all) if (word.state === "kept") word.state = "cleared";
      }
      for (const word of wordsOf(directive, read)) all.push(word);
    } else if (readAs(directive, "UnsetEnvironment")) unset(all, directive);
  }
  return all;
}

function unset(words: readonly Draft[], directive: Directive): void {
  for (const { text } of plainWords(directive)) {
    for (const word of words) {
      if (word.state === "kept" && (word.name?.text === text || word.text.text === text)) word.state = "unset";
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
function outerSpan(directive: Directive): Span {
  return directive.value.outerSpan;
}

function* wordsOf(directive: Directive, read: boolean): Generator<Draft> {
  const { outer, holes } = directive.line;
  const conditional = holes.some((hole) => hole.kind === "control");
  const value = outerSpan(directive);
  let lost = false;
  let comment = false;
  let index = 0;
  for (const word of systemdWords(outer, value, holes)) {
    lost ||= word.breaks;
    const draft = wordOf(directive, word, index++, conditional);
    const faults: WordFault[] = [...draft.faults];
    if (outer.text.charAt(word.raw.start) === "#" || comment) {
      const end = comment ? word.raw.end : value.end;
      faults.push({ kind: "comment", span: outer.toSource({ start: word.raw.start, end }) });
      comment = true;
    }
    const state: WordState = !read ? "unread" : lost ? "lost" : isDropped(draft.faults) ? "dropped" : "kept";
    yield { ...draft, faults, state };
  }
}

function isDropped(faults: readonly WordFault[]): boolean {
  const dropping: readonly WordFault["kind"][] = [
    "unknown-specifier",
    "no-assignment",
    "invalid-name",
    "invalid-character",
    "export",
  ];
  return faults.some((fault) => dropping.includes(fault.kind));
}

function wordOf(directive: Directive, word: SystemdWord, index: number, conditional: boolean): Draft {
  const { outer } = directive.line;
  const expanded = expandSpecifiers(word.text);
  const { text } = expanded;
  const span = outer.toSource(word.raw);
  const faults: WordFault[] = [...word.faults, ...expanded.faults];
  const equals = text.text.indexOf("=");
  const unknown = text.hasUnknown();
  const base = { directive, index, state: "kept" as const, text, span, quote: word.quote };
  if (equals < 0) {
    const kind = text.text === "export" ? "export" : "no-assignment";
    if (!unknown && !conditional) faults.push({ kind, span });
    return { ...base, name: undefined, value: undefined, faults };
  }
  const meant = withoutTypographicQuotes(text, equals, faults);
  const name = text.slice(meant.start, equals);
  if (!variableName.test(text.text.slice(0, equals)) && !name.hasUnknown()) {
    faults.push({ kind: "invalid-name", span: text.toSource({ start: 0, end: Math.max(equals, 1) }) });
  }
  return { ...base, name, value: text.slice(meant.value, meant.end), faults };
}

/**
 * Where name and value begin and end. Where a typographic quote stands before the name, systemd drops the word, and the
 * quotes are left out of what was meant; elsewhere they are part of the value.
 */
function withoutTypographicQuotes(
  text: MappedText,
  equals: number,
  faults: WordFault[],
): { start: number; value: number; end: number } {
  const { length } = text.text;
  const marks = [...new Set([0, equals + 1, length - 1])].filter((at) => typographic.test(text.text.charAt(at)));
  for (const at of marks) faults.push({ kind: "typographic-quote", span: text.toSource({ start: at, end: at + 1 }) });
  const value = equals + 1;
  if (!marks.includes(0)) return { start: 0, value, end: length };
  const end = marks.includes(length - 1) && length - 1 > equals ? length - 1 : length;
  return { start: 1, value: marks.includes(value) && value < end ? value + 1 : value, end };
}
