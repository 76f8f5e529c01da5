import type { MappedText } from "../../text/mapped-text.js";
import { MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { yamlMode, yamlScalar } from "./modes.js";

interface Line {
  /** Where its indentation begins. */
  readonly start: number;
  /** Where its content begins. */
  readonly content: number;
  /** Where its content ends: before LF or CR LF. */
  readonly end: number;
  readonly crlf: boolean;
}

interface Header {
  readonly folded: boolean;
  readonly indicator: number;
  readonly chomp: "" | "-" | "+";
}

/** A block scalar's header: `|` or `>`, then an indentation indicator and a chomping indicator in any order. */
function readHeader(text: string, at: number): Header {
  let indicator = 0;
  let chomp: Header["chomp"] = "";
  for (let i = at + 1; i < at + 3; i++) {
    const c = text.charAt(i);
    if (c === "-" || c === "+") chomp ||= c;
    else if (c >= "1" && c <= "9") indicator ||= Number(c);
    else break;
  }
  return { folded: text.charAt(at) === ">", indicator, chomp };
}

/** The scalar's lines after its header, split as LF splits them: the text after the last LF is one too. */
function contentLines(text: string, span: Span): readonly Line[] {
  const lines: Line[] = [];
  const header = text.indexOf("\n", span.start);
  if (header < 0 || header + 1 >= span.end) return lines;
  for (let start = header + 1; ; ) {
    const found = text.indexOf("\n", start);
    const last = found < 0 || found >= span.end;
    let end = last ? span.end : found;
    const crlf = end > start && text.charCodeAt(end - 1) === 13;
    if (crlf) end--;
    let content = start;
    while (content < end && text.charCodeAt(content) === 32) content++;
    lines.push({ start, content, end, crlf });
    if (last) return lines;
    start = found + 1;
  }
}

/** @param span from the header to the end of the last line that belongs to the scalar. */
export function decodeBlock(outer: MappedText, span: Span): MappedText {
  const { text } = outer;
  const header = readHeader(text, span.start);
  const lines = contentLines(text, span);
  const out = new MappedTextBuilder(outer, yamlScalar);
  const fixed = yamlMode("fixed");

  let end = lines.length;
  while (end > 0 && isEmpty(lines[end - 1])) end--;
  if (end === 0) {
    const kept = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
    if (kept !== "") out.unit(lines[0]?.start ?? span.end, span.end, kept, fixed);
    return out.build(span);
  }
  const first = lines.findIndex((line) => !isEmpty(line));
  const firstLine = lines[first];
  const own = firstLine ? firstLine.content - firstLine.start : 0;
  const trim = header.indicator === 0 ? own : parentIndentation(text, span.start) + header.indicator;
  for (let i = lines.length - 1; i >= end; i--) {
    const line = lines[i];
    if (line && line.content - line.start > trim) end = i + 1;
  }
  const style = header.folded ? "folded" : "literal";
  const flags = firstLine?.crlf ? "r" : "";
  const inside = yamlMode(style, flags, trim);
  const begin = yamlMode(style, `^${flags}`, trim);
  const only = yamlMode(style, `^$${flags}`, trim);
  const last = yamlMode(style, `$${flags}`, trim);
  let joinMode = fixed;
  let gap = lines[0]?.start ?? span.start;
  let join = "";
  let pending = "";
  let moreIndented = false;
  let lastLine = firstLine;
  lines.slice(0, end).forEach((line, i) => {
    lastLine = line;
    const indent = line.content - line.start;
    const from = line.start + Math.min(trim, indent);
    if (i < first) {
      flush(from, fixed);
      out.exact(from, line.end, fixed);
      gap = line.end;
      join += "\n";
      return;
    }
    if (header.folded) {
      const deeper = indent > trim || text.charCodeAt(line.content) === 9;
      if (!deeper && line.content === line.end) {
        if (pending === "\n") join += "\n";
        else pending = "\n";
        return;
      }
      if (deeper && pending === " ") pending = "\n";
      else if (deeper && !moreIndented && pending === "\n") pending = "\n\n";
      moreIndented = deeper;
      join += pending;
      pending = deeper ? "\n" : " ";
    } else {
      join += pending;
      pending = "\n";
    }
    const unindented = !header.folded && line.content === line.end && indent <= trim;
    flush(unindented ? line.start : from, joinMode);
    const head = i === first || header.folded ? Math.min(from + 1, line.end) : from;
    const tail = i === end - 1 ? Math.max(head, line.end - 1) : line.end;
    out
      .exact(from, head, moreIndented ? fixed : head === line.end && i === end - 1 ? only : begin)
      .exact(head, tail, inside)
      .exact(tail, line.end, last);
    gap = unindented ? line.start : line.end;
    joinMode = unindented ? yamlMode(style, `0${flags}`, trim) : inside;
  });
  flush(lastLine?.end ?? span.end, fixed);
  const kept = chomped(lines, end, trim, header.chomp);
  if (kept !== "") out.unit(gap, header.chomp === "+" ? span.end : afterLineEnd(text, gap, span.end), kept, fixed);
  return out.build(span);

  function flush(to: number, mode: string): void {
    if (join !== "") out.unit(gap, Math.max(gap, to), join, mode);
    join = "";
  }
}

function isEmpty(line: Line | undefined): boolean {
  return line === undefined || line.content === line.end;
}

function chomped(lines: readonly Line[], end: number, trim: number, chomp: Header["chomp"]): string {
  if (chomp === "-") return "";
  if (chomp === "") return "\n";
  let kept = "";
  for (const line of lines.slice(end)) kept += `\n${" ".repeat(Math.max(0, line.content - line.start - trim))}`;
  return kept.endsWith("\n") ? kept : `${kept}\n`;
}

function afterLineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 || found >= end ? end : found + 1;
}

/** The indentation that an indicator counts from: the column of the innermost key or `-` on the header's line. */
function parentIndentation(text: string, header: number): number {
  const start = text.lastIndexOf("\n", header - 1) + 1;
  let dash = start;
  let at = start;
  for (;;) {
    while (text.charCodeAt(at) === 32) at++;
    if (!/^[-?:]$/.test(text.charAt(at)) || text.charAt(at + 1) !== " ") break;
    dash = at;
    at++;
  }
  return (/:[ \t]/.test(text.slice(at, header)) ? at : dash) - start;
}
