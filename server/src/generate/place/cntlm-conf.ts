import { type CntlmConfTree, cntlmConf } from "../../formats/cntlm-conf/index.js";
import { lineEndingOf } from "../../text/eol.js";
import { msg } from "../../text/message.js";
import { lines, plainText, splitLines, type Template } from "../template.js";
import { laidOut, linesAt, type Placement } from "./placement.js";

/**
 * The lines of options that the file lacks, at its end, each with the comment above it. Of Listen there may be several,
 * so one of another address is added; a Proxy beside those of the file is not.
 */
export function placeInCntlmConf(tree: CntlmConfTree, block: Template): Placement {
  const { text } = tree.source;
  // cntlm passes over a last line that does not end; once lines follow, it counts.
  const ended = cntlmConf.parse(text.endsWith("\n") ? text : text + lineEndingOf(text), "");
  const missing: Template[] = [];
  let comments: Template[] = [];
  for (const line of splitLines(block)) {
    const [, option, value] = /^(\w+)\s+(.*)/.exec(plainText(line)) ?? [];
    if (option === undefined || value === undefined) comments.push(line);
    else {
      if (!has(ended, option, value)) missing.push(...comments, line);
      comments = [];
    }
  }
  if (missing.length === 0) return { problem: msg("The file holds all of this already.") };
  return { edits: [linesAt(text, text.length, laidOut(lines(...missing), lineEndingOf(text)), true)] };
}

const credentials: readonly string[] = ["Password", "PassNTLMv2", "PassNT", "PassLM"];

function has(tree: CntlmConfTree, option: string, value: string): boolean {
  if (option === "Listen") return tree.all(option).some((found) => found.value.text === value);
  if (option === "Password") return credentials.some((name) => tree.option(name));
  return tree.option(option) !== undefined;
}
