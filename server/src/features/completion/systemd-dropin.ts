import type { ProxySettings } from "../../proxy/settings.js";
import type { Offer } from "./offer.js";
import { variableWords } from "./words.js";

/** Variables in `Environment=`, where none is typed yet or its name is; the line's key at the beginning. */
export function completeSystemd(settings: ProxySettings, before: string, offset: number): Offer | undefined {
  const typed = /^Environment=(?:.*[ \t"'])?(\w*)$/.exec(before)?.[1];
  if (typed === undefined) return key(before, offset);
  const set = settings.scopes.flatMap(({ assignments }) => assignments.map(({ name }) => name.text));
  const words = variableWords(["upper"], new Set(set), (name) => `${name}=`);
  return { words, span: { start: offset - typed.length, end: offset } };
}

function key(before: string, offset: number): Offer | undefined {
  if (!/^[A-Za-z]*$/.test(before)) return undefined;
  const words = ["Environment", "EnvironmentFile"].map((name) => ({
    label: name,
    kind: "key" as const,
    newText: `${name}=`,
  }));
  return { words, span: { start: offset - before.length, end: offset } };
}
