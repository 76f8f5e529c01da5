import type { CntlmConfTree } from "../formats/cntlm-conf/index.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import type { Document } from "./document.js";

/** An address that a cntlm listens on or hands requests to. */
export interface CntlmPlace {
  readonly host: string;
  readonly port: number;
  readonly span: Span;
}

/** An entry of cntlm's own bypass list. */
export interface CntlmBypass {
  readonly pattern: string;
  /** In the document. */
  readonly span: Span;
}

/** A cntlm of the host. */
export interface Cntlm {
  readonly document: Document;
  readonly tree: CntlmConfTree;
  readonly listens: readonly CntlmPlace[];
  readonly parents: readonly CntlmPlace[];
  readonly bypass: readonly CntlmBypass[];
  /** Everything that it listens on is known: no template, and every Listen is one that cntlm takes. */
  readonly known: boolean;
}

export function cntlmOf(document: Document): Cntlm | undefined {
  const { tree, settings } = document;
  if (tree.format !== "cntlm-conf") return undefined;
  const places = (role: "listen" | "parent") =>
    settings.addresses.flatMap(({ role: own, host, port, span }) =>
      own === role && host !== undefined && port !== undefined ? [{ host: host.toLowerCase(), port, span }] : [],
    );
  const listens = places("listen");
  return {
    document,
    tree,
    listens,
    parents: places("parent"),
    bypass: tree.all("NoProxy").flatMap(({ value }) => entriesOf(value)),
    known: !tree.template && listens.length === settings.addresses.filter(({ role }) => role === "listen").length,
  };
}

function entriesOf(value: MappedText): readonly CntlmBypass[] {
  return [...value.text.matchAll(/[^\s,]+/g)].map(({ 0: pattern, index }) => ({
    pattern,
    span: value.toSource({ start: index, end: index + pattern.length }),
  }));
}

/**
 * The entry of cntlm's NoProxy that matches a host: as fnmatch(3) does it, letter case counts and the port does not (measured with
 * cntlm 0.92.3). `unknown` where a set in brackets, an escape or a template may match.
 */
export function bypassedBy({ bypass, tree }: Cntlm, host: string): CntlmBypass | "unknown" | undefined {
  const found = bypass.find(({ pattern }) => matches(pattern, host));
  return found ?? (tree.template || bypass.some(({ pattern }) => /[[\\]/.test(pattern)) ? "unknown" : undefined);
}

/** Greedy with one place to come back to, so that the cost is at most the two lengths multiplied. */
function matches(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    const sign = pattern[from];
    if (sign === "*") [star, mark, from] = [from, at, from + 1];
    else if (sign === "?" || sign === text[at]) [at, from] = [at + 1, from + 1];
    else if (star >= 0) [mark, at, from] = [mark + 1, mark + 1, star + 1];
    else return false;
  }
  while (pattern[from] === "*") from++;
  return from === pattern.length;
}
