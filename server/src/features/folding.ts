import type { JsonValue } from "../formats/docker-json/index.js";
import type { TomlValue } from "../formats/runner-toml/toml/nodes.js";
import type { Service } from "../service.js";
import type { Span } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { yamlNodes } from "./yaml-nodes.js";

/** Lines that can be folded away below the first; lines count from 0, both are part of it. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly comment: boolean;
}

/** What can be folded: sections, jobs, objects, values of several lines, comments. */
export function foldingRanges(service: Service, uri: string): readonly FoldingRange[] {
  const document = service.document(uri);
  if (!document) return [];
  const { lines, text } = document;
  const found = new Map<number, FoldingRange>();
  const add = ({ start, end }: Span, comment: boolean) => {
    let last = end;
    while (last > start && /\s/.test(text.charAt(last - 1))) last--;
    const [startLine, endLine] = [lines.position(start).line, lines.position(last).line];
    const known = found.get(startLine);
    if (endLine > startLine && endLine > (known?.endLine ?? 0)) found.set(startLine, { startLine, endLine, comment });
  };
  for (const span of blocksOf(document)) add(span, false);
  for (const span of comments(document)) add(span, true);
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

function* blocksOf({ tree, text }: Document): Generator<Span> {
  switch (tree.format) {
    case "runner-toml": {
      for (const { start, end, header, entries } of tree.sections) {
        if (header) yield { start, end: beforeComments(text, start, end) };
        yield* tomlValues(entries.map(({ value }) => value));
      }
      const starts = tree.runners.map(({ span }) => span.start);
      for (const [index, start] of starts.entries()) {
        const next = tree.sections.find(
          ({ header, start: at }) => header && at > start && header.parts[0]?.text !== "runners",
        );
        const end = Math.min(starts[index + 1] ?? text.length, next?.start ?? text.length);
        yield { start, end: beforeComments(text, start, end) };
      }
      return;
    }
    case "gitlab-ci":
      for (const { span } of yamlNodes(tree)) yield span;
      return;
    case "docker-json": {
      const queue: JsonValue[] = tree.root ? [tree.root] : [];
      for (let value = queue.pop(); value; value = queue.pop()) {
        // The line of the closing bracket stays.
        if (value.kind === "object" || value.kind === "array")
          yield { start: value.span.start, end: value.span.end - 1 };
        for (const item of value.items) queue.push(item);
        for (const property of value.properties) if (property.value) queue.push(property.value);
      }
      return;
    }
    case "systemd-dropin":
      for (const [index, { span }] of tree.sections.entries()) {
        const end = tree.sections[index + 1]?.span.start ?? text.length;
        yield { start: span.start, end: beforeComments(text, span.start, end) };
      }
      for (const { whole } of tree.directives) yield whole;
      return;
    case "cntlm-conf":
      for (const [index, { span }] of tree.sections.entries()) {
        yield { start: span.start, end: tree.sections[index + 1]?.span.start ?? text.length };
      }
  }
}

function* tomlValues(values: readonly (TomlValue | undefined)[]): Generator<Span> {
  const queue = [...values];
  while (queue.length > 0) {
    const value = queue.pop();
    if (value?.kind === "array") {
      yield { start: value.start, end: value.closed ? value.end - 1 : value.end };
      for (const item of value.items) queue.push(item);
    } else if (value?.kind === "inline-table") for (const entry of value.entries) queue.push(entry.value);
    else if (value?.kind === "string") yield value;
  }
}

/** Comments right above the next header belong to that. */
function beforeComments(text: string, start: number, end: number): number {
  const lines = text.slice(start, end).split("\n");
  let last = lines.length;
  while (last > 1 && /^\s*(?:[#;].*)?$/.test(lines[last - 1] ?? "")) last--;
  return start + lines.slice(0, last).join("\n").length;
}

/** Comments on lines of their own that follow each other. */
function* comments({ tree, text, lines }: Document): Generator<Span> {
  if (tree.format === "docker-json") return;
  let start: number | undefined;
  let end = 0;
  for (let line = 0; line < lines.lineCount; line++) {
    const span = lines.line(line);
    if (/^\s*#/.test(text.slice(span.start, span.end))) {
      start ??= span.start;
      end = span.end;
    } else if (start !== undefined) {
      yield { start, end };
      start = undefined;
    }
  }
  if (start !== undefined) yield { start, end };
}
