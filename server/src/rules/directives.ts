/** `runner-proxy-disable-next-line RULE…` and `runner-proxy-disable RULE…`; with no rule named, all are meant. */
const directive = /(?:#|;|\/\/)\s*runner-proxy-disable(-next-line)?(?![\w-])([^\r\n]*)/g;

/** Which findings a file's comments silence. */
export interface Directives {
  /** Whether a rule is silenced on a line (from 0). */
  silences(rule: string, line: number): boolean;
}

const none: Directives = { silences: () => false };

/** A quick look. */
export function mayHaveDirectives(text: string): boolean {
  return text.includes("runner-proxy-disable");
}

/** Reads the directives of a file. `lineOf` gives the line, from 0, of an offset. */
export function readDirectives(text: string, lineOf: (offset: number) => number): Directives {
  if (!mayHaveDirectives(text)) return none;
  const everywhere = new Set<string>();
  const byLine = new Map<number, Set<string>>();
  for (const match of text.matchAll(directive)) {
    const names = (match[2] ?? "").split(/[\s,]+/).filter((word) => /^[a-z][\w-]*$/.test(word));
    const target = match[1] ? lineSet(byLine, lineOf(match.index) + 1) : everywhere;
    for (const name of names.length > 0 ? names : ["*"]) target.add(name);
  }
  return {
    silences(rule, line) {
      const here = byLine.get(line);
      return everywhere.has("*") || everywhere.has(rule) || (here?.has("*") ?? false) || (here?.has(rule) ?? false);
    },
  };
}

function lineSet(byLine: Map<number, Set<string>>, line: number): Set<string> {
  const found = byLine.get(line) ?? new Set();
  byLine.set(line, found);
  return found;
}
