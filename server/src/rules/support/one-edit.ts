import { difference } from "../../generate/place/placement.js";
import { plainText } from "../../generate/template.js";
import { applyEdits, type TextEdit } from "../../text/span.js";

/** Several edits of a text as one, from the first to the last of them. */
export function oneEdit(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  if (edits.length < 2) return edits;
  const start = edits.reduce((least, { span }) => Math.min(least, span.start), text.length);
  const end = edits.reduce((most, { span }) => Math.max(most, span.end), 0);
  const shifted = edits.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return [{ span: { start, end }, newText: applyEdits(text.slice(start, end), shifted) }];
}

/** The one edit that turns a text into another. */
export function changeOf(before: string, after: string): readonly TextEdit[] {
  return difference(before, after).map(({ span, template }) => ({ span, newText: plainText(template) }));
}
