import { cntlmValue, quoteCntlm } from "../../quoting/cntlm.js";
import { lineEndingOf } from "../../text/eol.js";
import type { TextEdit } from "../../text/span.js";
import type { CntlmConfTree, CntlmOption } from "./tree.js";

/**
 * The edit that gives an option another value, in its quotes where they do; undefined where cntlm cannot say it.
 * An assignment sign between name and value goes.
 */
export function setCntlmValue(
  option: Pick<CntlmOption, "form" | "separator" | "raw">,
  value: string,
): readonly TextEdit[] | undefined {
  const kept = option.form === "quoted" ? cntlmValue.encode(value, "quoted") : undefined;
  const written = kept === undefined ? quoteCntlm(value) : `"${kept}"`;
  if (written === undefined) return undefined;
  const gap = option.separator.start === option.separator.end ? " " : "";
  return [{ span: option.raw, newText: gap + written }];
}

/**
 * The edit that adds a line for an option: after the last one of its name, otherwise after `after`, otherwise at the
 * end of the file. The gap between name and value is that of the line before.
 */
export function insertCntlmOption(
  tree: CntlmConfTree,
  name: string,
  value: string,
  after?: CntlmOption,
): readonly TextEdit[] | undefined {
  const written = quoteCntlm(value);
  if (written === undefined) return undefined;
  const { text } = tree.source;
  const eol = lineEndingOf(text);
  const previous = tree.all(name).at(-1) ?? after;
  const model =
    previous ?? tree.options.findLast((option) => option.name !== "" && option.separator.end > option.separator.start);
  const at = previous?.line.end ?? text.length;
  const needsEol = at > 0 && text.charAt(at - 1) !== "\n";
  const line = `${indentOf(text, previous)}${name}${gapFor(text, name, model)}${written}${eol}`;
  return [{ span: { start: at, end: at }, newText: (needsEol ? eol : "") + line }];
}

/** The edit that takes an option's line away. */
export function deleteCntlmOption(option: CntlmOption): readonly TextEdit[] {
  return [{ span: option.line, newText: "" }];
}

/** The edit that makes a comment of an option's line. */
export function commentCntlmOption(option: CntlmOption): readonly TextEdit[] {
  const { start } = option.span;
  return [{ span: { start, end: start }, newText: "#" }];
}

function indentOf(text: string, option: CntlmOption | undefined): string {
  return option ? (/^[ \t]*/.exec(text.slice(option.line.start, option.span.start))?.[0] ?? "") : "";
}

/** Tabs are copied; blanks are filled up to the model's column. */
function gapFor(text: string, name: string, model: CntlmOption | undefined): string {
  if (!model) return " ";
  const gap = text.slice(model.separator.start, model.separator.end);
  if (!/^ +$/.test(gap)) return /^[ \t]+$/.test(gap) ? gap : " ";
  return " ".repeat(gap.length === 1 ? 1 : Math.max(1, model.name.length + gap.length - name.length));
}
