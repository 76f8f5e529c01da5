import type { MappedTextBuilder } from "../../text/mapped-text.js";
import { type EscapeSet, readEscape } from "./escapes.js";

/** Reads `$'…'` at `at` into `builder`. @returns where the text goes on */
export function readDollarSingle(
  text: string,
  at: number,
  builder: MappedTextBuilder,
  set: EscapeSet,
): { readonly end: number; readonly closed: boolean } {
  let i = at + 2;
  if (text.charAt(i) === "'") builder.place(i, "dollar");
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === "'") return { end: i + 1, closed: true };
    if (c === "\\") {
      const read = readEscape(text, i, set);
      builder.unit(i, i + read.width, read.text, "dollar", read.unknown);
      i += read.width;
      continue;
    }
    let end = i;
    while (end < text.length && text.charAt(end) !== "'" && text.charAt(end) !== "\\") end++;
    builder.exact(i, end, "dollar");
    i = end;
  }
  return { end: text.length, closed: false };
}
