import type { Span } from "../../text/span.js";

/** A stretch of a list that a client, or a person, takes for one entry. The span is that of the text. */
export interface ListPart extends Span {
  readonly text: string;
}

/** A part of `list` without the characters of `blanks` at its ends. */
export function trimmed(list: string, from: number, to: number, blanks: RegExp): ListPart {
  let [start, end] = [from, to];
  while (start < end && blanks.test(list.charAt(start))) start++;
  while (end > start && blanks.test(list.charAt(end - 1))) end--;
  return { text: list.slice(start, end), start, end };
}

/** The parts between the characters that match `separator`, empty ones too. */
export function splitAt(list: string, separator: RegExp): ListPart[] {
  const parts: ListPart[] = [];
  let start = 0;
  for (let at = 0; at <= list.length; at++) {
    if (at < list.length && !separator.test(list.charAt(at))) continue;
    parts.push({ text: list.slice(start, at), start, end: at });
    start = at + 1;
  }
  return parts;
}
