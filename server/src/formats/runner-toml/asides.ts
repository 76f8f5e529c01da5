import type { Span } from "../../text/span.js";
import { plainComments } from "../plain-comments.js";

/** A runner's own keys: what comes before its sub-tables and before texts of several lines. */
const runner = /^[ \t]*\[\[runners\]\][ \t]*\r?\n(?:(?!"""|''')[^[])*/gm;

const day = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])";
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d";
const value = new RegExp(
  `^([ \\t]*(?:(?:name|token)[ \\t]*=[ \\t]*"(?=[\\w. -]+"[ \\t]*$)|id[ \\t]*=[ \\t]*(?=[1-9]\\d{0,9}[ \\t]*$)|token_\\w+_at[ \\t]*=[ \\t]*(?=${day}T${time}Z[ \\t]*$)))(.*)$`,
  "gm",
);

/**
 * Names of runners, their numbers, tokens and the tokens' dates, and comments, in the order of the text, where they are
 * plain and no text of several lines stands above them.
 */
export function asides(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { 0: section, index } of text.matchAll(runner)) {
    for (const { 0: line, 1: head = "", index: at } of section.matchAll(value)) {
      found.push({ start: index + at + head.length, end: index + at + line.length });
    }
  }
  const strings = text.search(/"""|'''/);
  const comments = plainComments(strings < 0 ? text : text.slice(0, strings), "#");
  return [...found, ...comments].sort((a, b) => a.start - b.start);
}
