import { difference } from "../../generate/place/placement.js";
import { plainText } from "../../generate/template.js";
import { applyEdits, type TextEdit } from "../../text/span.js";

/** Several edits of a text as one that covers them all. */
export function oneEdit(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  return changeOf(text, applyEdits(text, edits));
}

/** The one edit that turns a text into another. */
export function changeOf(before: string, after: string): readonly TextEdit[] {
  return difference(before, after).map(({ span, template }) => ({ span, newText: plainText(template) }));
}
