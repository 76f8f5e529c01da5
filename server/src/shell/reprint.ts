import { shellLayer } from "../quoting/shell.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Command } from "./command.js";
import { invocation } from "./program.js";

/** A text with a character of Unicode's private use in the place of each expansion, so that it can be rewritten. */
export interface Masked {
  readonly text: string;
  /** The expansions as they are written in the script, in the order of their characters. */
  readonly expansions: readonly string[];
}

const firstMask = 0xe000;
const lastMask = 0xf8ff;
const mask = /[\ue000-\uf8ff]/g;
const plainExpansions = /^(?:\$\w+|\$\{\w+(?::?[-+?=][\w.,:/@-]*)?\})+$/;

/** @returns undefined where a text holds expansions that are not known as they are written, or none of the characters are free */
export function masked(text: MappedText): Masked | undefined {
  const spans = text.unknownSpans();
  if (text.text.search(mask) >= 0 || spans.length > lastMask - firstMask) return undefined;
  const expansions = spans.map(({ start, end }) => text.text.slice(start, end));
  if (!expansions.every((expansion) => plainExpansions.test(expansion))) return undefined;
  let out = "";
  let at = 0;
  for (const [index, { start, end }] of spans.entries()) {
    out += text.text.slice(at, start) + String.fromCharCode(firstMask + index);
    at = end;
  }
  return { text: out + text.text.slice(at), expansions };
}

/** The expansion that a character of a masked text stands for. */
export function expansionOf({ expansions }: Masked, character: string): string | undefined {
  return expansions[character.charCodeAt(0) - firstMask];
}

/** A stretch of a masked text in the text that it was made of. */
export function unmasked(masked: Masked, { start, end }: Span): Span {
  const back = (offset: number) =>
    masked.text.slice(0, offset).replace(mask, (character) => expansionOf(masked, character) ?? "").length;
  return { start: back(start), end: back(end) };
}

/** A text as one word, in single quotes where it has nothing to expand, then in double quotes. */
function asWords(masked: Masked): readonly string[] {
  const { text } = masked;
  const double = text.replace(
    /[\ue000-\uf8ff]|[^\ue000-\uf8ff]+/g,
    (part) => expansionOf(masked, part) ?? shellLayer.encode(part, "double") ?? "",
  );
  const plain = text.search(mask) < 0 && !text.includes("'");
  return plain ? [`'${text}'`, `"${double}"`] : [`"${double}"`];
}

/**
 * The edits that put a text as one word into a stretch of a script.
 * @param before comes before the word, in each of the forms that are tried: the file's own quoting may have no single quotes
 * @returns undefined where the file's own quoting cannot say it there
 */
export function replaceByWord(
  source: MappedText,
  span: Span,
  word: Masked,
  before: readonly string[] = [""],
): readonly TextEdit[] | undefined {
  for (const form of before) {
    for (const written of asWords(word)) {
      const edits = source.replace(span, form + written);
      if (edits) return edits;
    }
  }
  return undefined;
}

/** The edits that make an `echo` or `printf` print a text and a newline, the same in every shell: `printf '%s\n' 'text'`. */
export function printAs(command: Command, text: Masked): readonly TextEdit[] | undefined {
  const call = invocation(command);
  const start = call?.program.span.start;
  const end = (call?.args.at(-1) ?? call?.program)?.span.end;
  if (start === undefined || end === undefined) return undefined;
  if (command.redirections.some(({ span }) => span.start > start && span.start < end)) return undefined;
  return replaceByWord(command.source, { start, end }, text, ["printf '%s\\n' ", 'printf "%s\\n" ']);
}

/**
 * The edits that put a rewritten text in the place of the known parts of the text that it was made of.
 * @returns undefined where the expansions are no longer in their order
 */
export function rewrite(original: MappedText, { text }: Masked): readonly TextEdit[] | undefined {
  const parts = text.split(/[\ue000-\uf8ff]/);
  const spans = original.unknownSpans();
  const order = text.match(mask)?.map((c) => c.charCodeAt(0) - firstMask) ?? [];
  if (order.length !== spans.length || order.some((n, at) => n !== at)) return undefined;
  const edits: TextEdit[] = [];
  for (const [at, part] of parts.entries()) {
    const span = { start: spans[at - 1]?.end ?? 0, end: spans[at]?.start ?? original.text.length };
    if (original.text.slice(span.start, span.end) === part) continue;
    const written = original.replace(span, part);
    if (!written) return undefined;
    edits.push(...written);
  }
  return edits;
}
