import type { Span } from "../../text/span.js";

/** A runner's own keys: what comes before its sub-tables and before texts of several lines. */
const runner = /^[ \t]*\[\[runners\]\][ \t]*\r?\n(?:(?!"""|''')[^[])*/gm;

const day = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])";
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d";
const value = new RegExp(
  `^([ \\t]*(?:(?:name|token)[ \\t]*=[ \\t]*"(?=[\\w. -]+"[ \\t]*$)|id[ \\t]*=[ \\t]*(?=[1-9]\\d{0,9}[ \\t]*$)|token_\\w+_at[ \\t]*=[ \\t]*(?=${day}T${time}Z[ \\t]*$)))(.*)$`,
  "gm",
);

/** Words in a comment's line, without the marks of templates, strings and directives. */
const comment = /^([ \t]*#)((?!.*runner-proxy)[\w\p{L} \t.,:;()/!?*+=-]*)$/gmu;

/**
 * Names of runners, their numbers, tokens and the tokens' dates, and comments, in the order of the text, where they are
 * plain and no text of several lines stands above them.
 */
export function asides(text: string): readonly Span[] {
  const found: Span[] = [];
  const add = (line: string, head: string | undefined, at: number) =>
    found.push({ start: at + (head?.length ?? 0), end: at + line.length });
  for (const { 0: section, index } of text.matchAll(runner)) {
    for (const { 0: line, 1: head, index: at } of section.matchAll(value)) add(line, head, index + at);
  }
  const strings = text.search(/"""|'''/);
  const plain = strings < 0 ? text : text.slice(0, strings);
  for (const { 0: line, 1: head, index } of plain.matchAll(comment)) add(line, head, index);
  return found.sort((a, b) => a.start - b.start);
}
