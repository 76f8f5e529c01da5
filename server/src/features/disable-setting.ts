import type { FileEdit } from "../service.js";
import { type ConfigText, settingEdits } from "../settings/config-edits.js";
import { LineIndex } from "../text/line-index.js";

/** The edits that turn a rule off in the settings beside the files; undefined where the file cannot be read. */
export function disableInSettings(
  { uri, text }: ConfigText,
  rule: string,
): { readonly edits: readonly FileEdit[]; readonly creates?: string } | undefined {
  if (text === undefined) {
    const newText = `${JSON.stringify({ rules: { [rule]: "off" } }, undefined, 2)}\n`;
    const start = { line: 0, character: 0 };
    return { edits: [{ uri, range: { start, end: start }, newText }], creates: uri };
  }
  const lines = new LineIndex(text);
  const edits = settingEdits(text, ["rules", rule], "off");
  return edits && { edits: edits.map(({ span, newText }) => ({ uri, range: lines.range(span), newText })) };
}
