import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { readSettings, type Settings, type SettingsProblem } from "./settings.js";

/** A problem of a `.runner-proxy.json`, with its place in the text. */
export interface ConfigProblem extends SettingsProblem {
  readonly span: Span;
}

/** More levels than any setting has, and few enough for a parser that recurses. */
const depthLimit = 100;

/** Reads a `.runner-proxy.json`: JSON with comments and trailing commas. A file that does not parse sets nothing. */
export function readConfigFile(text: string): { settings: Settings; problems: readonly ConfigProblem[] } {
  if (isDeep(text)) {
    const message = msg("The settings are nested too deep to be read");
    return { settings: {}, problems: [{ path: [], message, severity: "error", span: { start: 0, end: text.length } }] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true });
  if (errors.length > 0 || !tree) {
    const problems = errors.map(({ error, offset, length }): ConfigProblem => {
      const message = msg("This is not valid JSON: {0}", printParseErrorCode(error));
      return { path: [], message, severity: "error", span: { start: offset, end: offset + length } };
    });
    return { settings: {}, problems };
  }
  const { settings, problems } = readSettings(getNodeValue(tree));
  return { settings, problems: problems.map((problem) => ({ ...problem, span: spanOf(tree, problem) })) };
}

/** The key where the name is at fault, the value where that is. */
function spanOf(tree: Node, { path, severity }: SettingsProblem): Span {
  const value = findNodeAtLocation(tree, [...path]) ?? tree;
  const node = severity === "warning" ? (value.parent?.children?.[0] ?? value) : value;
  return { start: node.offset, end: node.offset + node.length };
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    if (depth > depthLimit) return true;
  }
  return false;
}
