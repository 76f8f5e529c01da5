import type { Message } from "../../text/message.js";
import type { Span } from "../../text/span.js";
import type { Template } from "../template.js";

/** A stretch of the document and what takes its place, tab stops in it. Line endings are the document's. */
export interface PlacedEdit {
  readonly span: Span;
  readonly template: Template;
}

/** What to change in a document, or why there is nothing to change. */
export type Placement = { readonly edits: readonly PlacedEdit[] } | { readonly problem: Message };

/** The one edit that turns a text into another: what they share at both ends stays. None where they are equal. */
export function difference(before: string, after: string): readonly PlacedEdit[] {
  if (before === after) return [];
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shortest - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return [{ span: { start, end: before.length - tail }, template: [after.slice(start, after.length - tail)] }];
}

/** The template with another line ending, and an indentation before every line that is not empty. */
export function laidOut(template: Template, eol: string, indentation = ""): Template {
  let lineStart = true;
  return template.map((part) => {
    if (typeof part !== "string") {
      lineStart = false;
      return part;
    }
    let out = "";
    for (const [piece] of part.matchAll(/\n|[^\n]+/g)) {
      if (piece === "\n") out += eol;
      else out += (lineStart ? indentation : "") + piece;
      lineStart = piece === "\n";
    }
    return out;
  });
}

/**
 * Lines at a place where a line begins, or at the end of the text: there the last line is ended first, and an empty line
 * is left where there is text before.
 */
export function linesAt(text: string, at: number, template: Template, gap = false): PlacedEdit {
  const eol = /\r\n/.test(text) ? "\r\n" : "\n";
  const ends = at === 0 || text.charAt(at - 1) === "\n";
  const before =
    (ends ? "" : eol) + (gap && text.slice(0, at).trim() !== "" && !/\n\r?\n$/.test(text.slice(0, at)) ? eol : "");
  return { span: { start: at, end: at }, template: before === "" ? template : [before, ...template] };
}

/** Where the line after the one that holds `offset` begins; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The blanks at the beginning of the line that holds `offset`. */
export function indentationAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}
