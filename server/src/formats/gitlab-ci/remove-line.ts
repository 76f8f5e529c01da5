import type { MappedText } from "../../text/mapped-text.js";
import type { TextEdit } from "../../text/span.js";

/**
 * The edits that take an item of a script away with its line.
 * @param item the text of the item
 * @returns undefined for the only item of its list, for one with an anchor, and in a list in brackets
 */
export function removeScriptLine(text: string, item: MappedText): readonly TextEdit[] | undefined {
  const { start, end } = item.sourceSpan;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const dash = /^([ \t]*)- +$/.exec(text.slice(lineStart, start));
  if (!dash) return undefined;
  const feed = text.indexOf("\n", Math.max(start, end - 1));
  const lineEnd = feed < 0 ? text.length : feed + 1;
  if (!/^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(end, lineEnd))) return undefined;
  const sibling = new RegExp(`^${dash[1]}- `);
  const before = text.slice(0, lineStart).split("\n").at(-2) ?? "";
  if (!sibling.test(text.slice(lineEnd)) && !sibling.test(before)) return undefined;
  return [{ span: { start: lineStart, end: lineEnd }, newText: "" }];
}
