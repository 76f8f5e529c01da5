import { closingQuote, endOfLine, onOneLine, valueOn } from "./quoted-lines.js";

/** What may follow a collection on its line. */
const afterFlow = /[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y;

/** How far the end of a collection is looked for. */
const longestFlow = 20_000;

/**
 * libyaml, which GitLab uses, lets the lines of a flow collection begin in any column, its closing bracket too; the yaml
 * package wants them indented. Puts blanks for the line ends and comments in such collections, so that they stand on
 * one line. Offsets stay as they are.
 */
export function joinFlowLines(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  // Brackets that nothing closes must not cost the square of the file.
  let budget = 2 * text.length;
  let lineStart = 0;
  while (lineStart < text.length) {
    const lineEnd = endOfLine(text, lineStart);
    const start = valueOn(text, lineStart);
    const flow = /[[{]/.test(text.charAt(start)) && budget > 0 ? readFlow(text, start, lineStart) : undefined;
    if (flow) budget -= flow.end - start;
    if (flow?.joined) {
      parts.push(text.slice(copied, start), flow.joined);
      copied = flow.end;
    }
    lineStart = endOfLine(text, flow?.joined ? flow.end : lineEnd) + 1;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(copied);
}

/**
 * @param lineStart where the line of the collection begins
 * @returns how far was read, and the collection on one line unless it is closed nowhere or its lines are indented
 */
function readFlow(text: string, start: number, lineStart: number): { end: number; joined?: string } {
  const indentation = text.slice(lineStart, start).search(/[^ \t]|$/);
  const limit = Math.min(text.length, start + longestFlow);
  const token = /(["'])|[[{]|[\]}]|\n([ \t]*)(---|\.\.\.)?|#[^\r\n]*/g;
  token.lastIndex = start;
  let joined = "";
  let copied = start;
  let depth = 0;
  let outdented = false;
  const blank = (from: number, to: number): void => {
    joined += text.slice(copied, from) + " ".repeat(to - from);
    copied = to;
  };
  for (let found = token.exec(text); found && found.index < limit; found = token.exec(text)) {
    const { 0: all, 1: quote, 2: indent, 3: marker, index } = found;
    if (quote !== undefined) {
      const before = text.charAt(index - 1);
      if (!/[\s,[\]{}:]/.test(before)) continue;
      const end = closingQuote(text, index + 1, quote, limit) + 1;
      if (end === 0) return { end: limit };
      joined += text.slice(copied, index) + onOneLine(text.slice(index, end));
      outdented ||= text.slice(index, end).includes("\n");
      copied = end;
      token.lastIndex = end;
    } else if (indent !== undefined) {
      if (marker !== undefined && indent === "") return { end: index };
      if (indent.length <= indentation && /\S/.test(text.charAt(index + 1 + indent.length))) outdented = true;
      blank(text.charAt(index - 1) === "\r" ? index - 1 : index, index + 1);
    } else if (all.startsWith("#")) {
      if (/[\s,[\]{}]/.test(text.charAt(index - 1))) blank(index, index + all.length);
      else token.lastIndex = index + 1;
    } else if (all === "[" || all === "{") depth++;
    else if (--depth === 0) {
      const end = index + 1;
      afterFlow.lastIndex = end;
      return outdented && afterFlow.test(text) ? { end, joined: joined + text.slice(copied, end) } : { end };
    }
  }
  return { end: limit };
}
