import { differences, type Hunk, type Token, trimmed } from "../../text/differences.js";
import type { TextEdit } from "../../text/span.js";
import { tokensOf } from "./tokens.js";

/**
 * The edits that make of one JSON text another. Where the old one stands on one line, the blanks between its words stay as they
 * are, and new words are set as it sets its own; the new one may be laid out in whatever way.
 */
export function jsonEdits(before: string, after: string): readonly TextEdit[] {
  const oneLine = isOneLine(before);
  const [old, wanted] = [tokensOf(before, !oneLine), tokensOf(after, !oneLine)];
  const blank = oneLine ? blanksOf(before, old) : () => "";
  return differences(old, wanted)
    .map((hunk) => editOf(old, hunk, blank))
    .map((edit) => trimmed(before, edit))
    .filter(({ span, newText }) => span.end > span.start || newText !== "");
}

/** Whether a text is laid out for people to be read: if not, it may be shown in another layout. */
export function isOneLine(text: string): boolean {
  return !text.trim().includes("\n");
}

type Blank = (left: string, right: string) => string;

/** The blanks that a text sets behind colons, commas and inside brackets. */
function blanksOf(text: string, tokens: readonly Token[]): Blank {
  const gap = (find: (left: string, right: string) => boolean, fallback: string) => {
    const at = tokens.findIndex((token, i) => find(token.text, tokens[i + 1]?.text ?? ""));
    const [left, right] = [tokens[at], tokens[at + 1]];
    return left && right ? text.slice(left.end, right.start) : fallback;
  };
  const colon = gap((left) => left === ":", " ");
  const comma = gap((left) => left === ",", " ");
  const open = gap((left, right) => /^[{[]$/.test(left) && !/^[}\]]$/.test(right), "");
  const close = gap((left, right) => /^[}\]]$/.test(right) && !/^[{[]$/.test(left), "");
  return (left, right) => {
    if (left === ":") return colon;
    if (left === ",") return comma;
    if (/^[{[]$/.test(left)) return /^[}\]]$/.test(right) ? "" : open;
    return /^[}\]]$/.test(right) ? close : "";
  };
}

function editOf(old: readonly Token[], { from, to, added }: Hunk, blank: Blank): TextEdit {
  const [before, first, last, next] = [old[from - 1], old[from], old[to - 1], old[to]];
  let newText = "";
  for (const [index, token] of added.entries()) {
    newText += (index === 0 ? "" : blank(added[index - 1]?.text ?? "", token.text)) + token.text;
  }
  if (from < to && added.length > 0) return { span: { start: first?.start ?? 0, end: last?.end ?? 0 }, newText };
  const start = before?.end ?? first?.start ?? 0;
  const lead = added[0] && before ? blank(before.text, added[0].text) : "";
  if (from < to) return { span: { start, end: last?.end ?? start }, newText: "" };
  const tail = added.at(-1) && next && start === next.start ? blank(added.at(-1)?.text ?? "", next.text) : "";
  return { span: { start, end: start }, newText: lead + newText + tail };
}
