import { redactAddress } from "../../proxy/redact.js";
import type { Assignment, Script } from "../../proxy/settings.js";
import { holdsAddress } from "../../proxy/variables.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";

export type SymbolKind = "runner" | "section" | "job" | "endpoint" | "option" | "variable" | "script" | "service";

/** An entry of the outline; spans are the document's. */
export interface SymbolNode {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Without secrets. */
  readonly detail?: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children?: readonly SymbolNode[];
}

/** Values of other variables may be secrets and are not shown. */
export function variableNode({ name, value, variable, span }: Assignment): SymbolNode {
  const detail = variable && shown(value, holdsAddress(variable));
  return { name: name.text, kind: "variable", ...(detail && { detail }), span, nameSpan: name.contentSpan };
}

function shown(value: MappedText, address: boolean): string {
  return address ? redactAddress(value.text) : value.text;
}

/** A script with the stretch of its lines. */
export function scriptNode({ key, keySpan, texts }: Script): SymbolNode {
  const end = Math.max(keySpan.end, ...texts.slice(0, 1000).map(({ sourceSpan }) => sourceSpan.end));
  const own = texts.every(({ sourceSpan }) => sourceSpan.start > keySpan.start);
  return { name: key, kind: "script", span: { start: keySpan.start, end: own ? end : keySpan.end }, nameSpan: keySpan };
}

/** The nodes in the order of the text, one a place. */
export function inOrder(nodes: readonly SymbolNode[]): readonly SymbolNode[] {
  const byStart = new Map(nodes.map((node) => [node.nameSpan.start, node]));
  return [...byStart.values()].sort((a, b) => a.nameSpan.start - b.nameSpan.start);
}

/** A stretch that takes in the others. */
export function around(first: Span, ...others: readonly (Span | undefined)[]): Span {
  const known = [first, ...others.filter((span) => span !== undefined)];
  return { start: Math.min(...known.map(({ start }) => start)), end: Math.max(...known.map(({ end }) => end)) };
}
