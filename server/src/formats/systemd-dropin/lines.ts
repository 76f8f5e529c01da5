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

/** What takes the lines of a file, in its order; blank lines are left out. Plain numbers: most lines need no object. */
export interface LineSink {
  /** From `#` or `;` on; it may stand between the lines that `\` joins. */
  comment(start: number, end: number): void;
  /** One line of a file without holes, without the blanks around it. @param next the offset after its line ending */
  plain(start: number, end: number, next: number): void;
  /** Lines that `\` joins, or a line of a file with holes. */
  logical(line: LogicalLine): void;
}

/** Joined lines: `\` and the line ending are one blank. A line break cannot be written, and no comment line may arise. */
const continuation: Layer = {
  name: "systemd-continuation",
  encode: (text) => (/[\r\n\0]|^\s*[#;]/.test(text) ? undefined : text),
};

/** The lines of a unit file, joined where they are continued, and its comments. `source` is the document. */
export function readSystemdLines(source: MappedText, holes: readonly Hole[], sink: LineSink): void {
  const { text } = source;
  const { length } = text;
  const feedsAlone = !text.includes("\r") && !text.includes("\0");
  let parts: PhysicalLine[] = [];
  let nextHole = 0;
  const take = (end: number): readonly Hole[] => {
    const from = nextHole;
    while ((holes[nextHole]?.start ?? Number.POSITIVE_INFINITY) < end) nextHole++;
    return from === nextHole ? noHoles : holes.slice(from, nextHole);
  };
  let nextTag = 0;
  const onlyTags = (start: number, end: number): boolean => {
    let at = start;
    while ((holes[nextTag]?.start ?? Number.POSITIVE_INFINITY) < start) nextTag++;
    for (let hole = holes[nextTag]; hole?.start === at && hole.kind === "control"; hole = holes[++nextTag]) {
      at = skipBlanks(text, hole.end, end);
    }
    return start < end && at >= end;
  };
  let next = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (next < length) {
    const begin = next;
    const feed = feedsAlone ? text.indexOf("\n", begin) : endOfLine(text, begin);
    const end = feed < 0 ? length : feed;
    next = feedsAlone ? Math.min(end + 1, length) : afterEnding(text, end);
    const start = skipBlanks(text, begin, end);
    const first = start < end ? text.charCodeAt(start) : undefined;
    if (first === 0x23 || first === 0x3b) {
      sink.comment(start, end);
    } else if (parts.length > 0 && holes.length > 0 && onlyTags(start, trimEnd(text, start, end))) {
      // The line of a tag goes when the file is filled in.
    } else if (endsWithBackslash(text, begin, end)) {
      parts.push({ start: begin, end, next });
    } else if (parts.length > 0) {
      sink.logical(join(source, [...parts, { start: begin, end, next }], take(end)));
      parts = [];
    } else if (holes.length > 0) {
      const mine = take(end);
      const whole = { start: begin, end: next };
      if (first !== undefined) sink.logical(logical(source, { start, end }, whole, mine, false));
    } else if (first !== undefined) {
      sink.plain(start, trimEnd(text, start, end), next);
    }
  }
  if (parts.length > 0) sink.logical(join(source, parts, take(length)));
}

/** The line of {@link LineSink.plain}, by the place where it starts. */
export function plainLine(source: MappedText, start: number): LogicalLine {
  const { text } = source;
  let begin = start;
  while (begin > 0 && isIndentation(text.charCodeAt(begin - 1))) begin--;
  const end = endOfLine(text, start);
  const whole = { start: begin, end: afterEnding(text, end) };
  return { outer: source, start, end: trimEnd(text, start, end), whole, holes: noHoles, continued: false };
}

function endOfLine(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isEnding(text.charCodeAt(end))) end++;
  return end;
}

/** Any of the three characters ends a line; different ones in a row count as one ending. */
function afterEnding(text: string, end: number): number {
  let seen = 0;
  let next = end;
  for (; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (!isEnding(code) || (seen & (1 << code)) !== 0) break;
    seen |= 1 << code;
  }
  return next;
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
    const open = next !== undefined || endsWithBackslash(source.text, part.start, part.end);
    const end = open ? part.end - 1 : part.end;
    const shift = build.decodedLength - part.start;
    for (let hole = holes[nextHole]; hole && hole.start < end; hole = holes[++nextHole]) {
      if (hole.start < part.start) {
        // What follows a tag between the lines may be left out.
        if (index > 0) moved.push({ kind: hole.kind, start: build.decodedLength, end: build.decodedLength });
        continue;
      }
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

/** Whether the line ends with a backslash that no other one escapes. */
function endsWithBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) === 0x5c) at--;
  return (end - at) % 2 === 1;
}

function isEnding(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0;
}

function isIndentation(code: number): boolean {
  return code === 0x20 || code === 0x09;
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
