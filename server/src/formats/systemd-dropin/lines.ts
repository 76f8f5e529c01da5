import { type Layer, type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Hole } from "../../text/template.js";

const noHoles: readonly Hole[] = [];

/** A line of the file. */
interface PhysicalLine extends Span {
  /** The offset after its line ending. */
  readonly next: number;
}

/** A line as systemd takes it: one line of the file, or several joined by `\`. */
export interface LogicalLine extends Span {
  /** The text that `start` and `end` count in: the document, or the joined lines. Blanks around the line are left out. */
  readonly outer: MappedText;
  /** The lines in the document with the last one's line ending. */
  readonly whole: Span;
  /** The holes of the line, in the offsets of `outer`. */
  readonly holes: readonly Hole[];
  readonly continued: boolean;
}

/** A comment line, from `#` or `;` on; it may stand between the lines that `\` joins. */
export interface CommentLine extends Span {
  readonly comment: true;
}

/** Joined lines: `\` and the line ending are one blank. A line break cannot be written, and no comment line may arise. */
const continuation: Layer = {
  name: "systemd-continuation",
  encode: (text) => (/[\r\n\0]|^\s*[#;]/.test(text) ? undefined : text),
};

/** The lines of a unit file, joined where they are continued, and its comments. `source` is the document. */
export function* systemdLines(source: MappedText, holes: readonly Hole[]): Generator<LogicalLine | CommentLine> {
  const { text } = source;
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let parts: PhysicalLine[] = [];
  let nextHole = 0;
  const take = (end: number): readonly Hole[] => {
    const from = nextHole;
    while ((holes[nextHole]?.start ?? Number.POSITIVE_INFINITY) < end) nextHole++;
    return from === nextHole ? noHoles : holes.slice(from, nextHole);
  };
  for (let at = bom; at < text.length; ) {
    const line = physicalLine(text, at);
    at = line.next;
    const first = firstCharacter(text, line);
    if (first === 0x23 || first === 0x3b) {
      yield { comment: true, start: skipBlanks(text, line.start, line.end), end: line.end };
      continue;
    }
    if (endsWithBackslash(text, line)) {
      parts.push(line);
      continue;
    }
    if (parts.length === 0) {
      const mine = take(line.end);
      if (first !== undefined) yield logical(source, line, { start: line.start, end: line.next }, mine, false);
    } else {
      yield join(source, [...parts, line], take(line.end));
      parts = [];
    }
  }
  if (parts.length > 0) yield join(source, parts, take(text.length));
}

function physicalLine(text: string, start: number): PhysicalLine {
  let end = start;
  while (end < text.length && !isEnding(text.charCodeAt(end))) end++;
  // Any of the three characters ends a line; different ones in a row count as one ending.
  let seen = 0;
  let next = end;
  for (; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (!isEnding(code) || (seen & (1 << code)) !== 0) break;
    seen |= 1 << code;
  }
  return { start, end, next };
}

function join(source: MappedText, parts: readonly PhysicalLine[], holes: readonly Hole[]): LogicalLine {
  const build = new MappedTextBuilder(source, continuation);
  const moved: Hole[] = [];
  let nextHole = 0;
  const first = parts[0];
  const last = parts.at(-1);
  const whole = { start: first?.start ?? 0, end: last?.next ?? 0 };
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    const open = next !== undefined || endsWithBackslash(source.text, part);
    const end = open ? part.end - 1 : part.end;
    const shift = build.decodedLength - part.start;
    for (let hole = holes[nextHole]; hole && hole.start < end; hole = holes[++nextHole]) {
      if (hole.start < part.start) continue;
      moved.push({ kind: hole.kind, start: hole.start + shift, end: Math.min(hole.end, end) + shift });
    }
    build.exact(part.start, end);
    if (open) build.unit(end, next?.start ?? part.next, " ");
  });
  const outer = build.build(whole);
  return logical(outer, { start: 0, end: outer.text.length }, whole, moved, true);
}

function logical(outer: MappedText, span: Span, whole: Span, holes: readonly Hole[], continued: boolean): LogicalLine {
  const start = skipBlanks(outer.text, span.start, span.end);
  return { outer, start, end: trimEnd(outer.text, start, span.end), whole, holes, continued };
}

function firstCharacter(text: string, line: Span): number | undefined {
  const at = skipBlanks(text, line.start, line.end);
  return at < line.end ? text.charCodeAt(at) : undefined;
}

/** Whether the line ends with a backslash that no other one escapes. */
function endsWithBackslash(text: string, line: Span): boolean {
  let count = 0;
  while (line.end - count > line.start && text.charCodeAt(line.end - count - 1) === 0x5c) count++;
  return count % 2 === 1;
}

function isEnding(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0;
}

export function isSystemdBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSystemdBlank(text.charCodeAt(at))) at++;
  return at;
}

export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSystemdBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
