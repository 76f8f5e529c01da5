import { applyEdits, type Span, type TextEdit } from "../text/span.js";
import type { Command } from "./command.js";

/** The edits that take a command out of its script. */
export interface Removal {
  /** undefined where nothing would be left and the file cannot write that (a plain scalar of YAML). */
  readonly edits: readonly TextEdit[] | undefined;
  /** Nothing but blanks and comments is left of the text (a script line, a whole string): its owner may take it away whole. */
  readonly empties: boolean;
}

/**
 * Takes a command away with the separator that only it needs: `a; b` → `a`, `a && b` → `a`, a line of its own whole.
 * Where a block would be left empty, which no shell accepts, `true` takes its place.
 * @returns undefined where its going would change what the others do (a pipe, `||`), or where its text cannot be written
 */
export function removeCommand(command: Command): Removal | undefined {
  const { before, after, block } = command;
  if (command.redirections.some((redirection) => redirection.hereDocument)) return undefined;
  const operators = [before?.operator, after?.operator];
  if (operators.some((operator) => operator === "|" || operator === "||")) return undefined;
  if (after?.operator === "&") return undefined;
  const condition = block.kind === "if" || block.kind === "loop";
  if (condition || (block.kind !== "script" && block.elements.length === 1))
    return written(command, command.span, "true");
  return written(command, withSeparator(command), "");
}

function written(command: Command, span: Span, text: string): Removal | undefined {
  const edits = command.source.replace(span, text);
  const left = applyEdits(command.source.text, [{ span, newText: text }]);
  const empties = left.replace(/^[ \t]*#.*$/gm, "").trim() === "";
  return edits || empties ? { edits, empties } : undefined;
}

function withSeparator(command: Command): Span {
  const { before, after, span, source } = command;
  const { text } = source;
  // A separator that ends the text before is not in this one.
  const here = before && before.operator !== "\n" && text.startsWith(before.operator, before.span.start);
  const ownBefore = here && before.operator !== ";;" && before.span.end <= span.start ? before : undefined;
  const ownAfter = after && after.operator !== "\n" && after.operator !== ";;" ? after : undefined;
  if (ownBefore && (ownBefore.operator === "&&" || !ownAfter)) {
    let start = ownBefore.span.start;
    while (/[ \t]/.test(text.charAt(start - 1))) start--;
    return { start, end: span.end };
  }
  if (!ownAfter) return wholeLine(text, span);
  let end = ownAfter.span.end;
  while (/[ \t]/.test(text.charAt(end))) end++;
  return { start: span.start, end };
}

/** The line of a command that stands alone on it, indentation and line break included. */
function wholeLine(text: string, span: Span): Span {
  let start = span.start;
  while (/[ \t]/.test(text.charAt(start - 1))) start--;
  let end = span.end;
  while (/[ \t\r]/.test(text.charAt(end))) end++;
  const firstOnLine = start === 0 || text.charAt(start - 1) === "\n";
  if (!firstOnLine || (end < text.length && text.charAt(end) !== "\n")) return span;
  if (end < text.length) return { start, end: end + 1 };
  return { start: Math.max(0, start - (start > 0 ? 1 : 0)), end };
}
