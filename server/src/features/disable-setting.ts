import { modify } from "jsonc-parser";
import type { FileEdit } from "../service.js";
import { readConfigFile } from "../settings/config-file.js";
import { LineIndex } from "../text/line-index.js";

/** A `.runner-proxy.json`, or the place where one can be made. */
export interface ConfigText {
  readonly uri: string;
  /** undefined: the file does not exist. */
  readonly text: string | undefined;
}

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
  if (readConfigFile(text).problems.some(({ path, severity }) => severity === "error" && path.length < 2))
    return undefined;
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: /\r\n/.test(text) ? "\r\n" : "\n" };
  const lines = new LineIndex(text);
  const edits = modify(text, ["rules", rule], "off", { formattingOptions }).map(({ offset, length, content }) => ({
    uri,
    range: lines.range({ start: offset, end: offset + length }),
    newText: content,
  }));
  return { edits };
}
