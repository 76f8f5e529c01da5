import { format } from "jsonc-parser";
import { applyEdits } from "../../text/span.js";
import { isOneLine } from "./text-edits.js";

/** JSON laid out for people, where it stands on one line; broken JSON too, as far as it goes. */
export function layout(text: string): string {
  if (!isOneLine(text)) return text;
  const trimmed = text.trim();
  const edits = format(trimmed, undefined, { insertSpaces: true, tabSize: 2, eol: "\n" });
  return applyEdits(
    trimmed,
    edits.map(({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, newText: content })),
  );
}
