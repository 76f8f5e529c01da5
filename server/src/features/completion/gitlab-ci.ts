import type { Offer } from "./offer.js";
import { variableWords } from "./words.js";

/** Variables below a `variables:`. The lines above tell: what is being typed is no mapping yet. */
export function completeCi(text: string, before: string, offset: number): Offer | undefined {
  const [, indent, typed] = /^([ ]+)(\w*)$/.exec(before) ?? [];
  if (indent === undefined || typed === undefined) return undefined;
  const lines = text.slice(0, offset - before.length).split(/\r?\n|\r/);
  const set = new Set<string>();
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = /^( *)([\w-]+)[ \t]*:/.exec(lines[at] ?? "");
    if (!line) continue;
    const [, own = "", name = ""] = line;
    if (own.length === indent.length) set.add(name);
    if (own.length >= indent.length) continue;
    if (name !== "variables") return undefined;
    const words = variableWords(["upper", "lower"], set, (variable) => `${variable}: `);
    return { words, span: { start: offset - typed.length, end: offset } };
  }
  return undefined;
}
