import { modify } from "jsonc-parser";
import { lineEndingOf } from "../text/eol.js";
import { applyEdits, type TextEdit } from "../text/span.js";
import { readConfigFile } from "./config-file.js";

/** A `.runner-proxy.json`, or the place where one can be made. */
export interface ConfigText {
  readonly uri: string;
  /** undefined: the file does not exist. */
  readonly text: string | undefined;
}

/** The edits that give a setting a value; undefined where the file cannot be read. */
export function settingEdits(
  text: string,
  path: readonly [string, ...string[]],
  value: string,
): readonly TextEdit[] | undefined {
  const broken = readConfigFile(text).problems.some((one) => one.severity === "error" && one.path.length < path.length);
  if (broken) return undefined;
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: lineEndingOf(text) };
  return modify(text, [...path], value, { formattingOptions }).map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    newText: content,
  }));
}

/** The text of the file with a setting in it, of a new one where there is none; undefined where it cannot be read. */
export function withSetting(text: string | undefined, name: string, value: string): string | undefined {
  if (text === undefined) return `${JSON.stringify({ [name]: value }, undefined, 2)}\n`;
  const edits = settingEdits(text, [name], value);
  return edits && applyEdits(text, edits);
}
