import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import { cntlmOptions } from "../../formats/cntlm-conf/options.js";
import type { Offer } from "./offer.js";

/** Options at the beginning of a line; those that count once where they are not given yet. */
export function completeCntlm(tree: CntlmConfTree, before: string, offset: number): Offer | undefined {
  const typed = /^[ \t]*(\w*)$/.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const given = new Set(tree.source.text.match(/^[ \t]*\w+(?=[ \t])/gm)?.map((name) => name.trim().toLowerCase()));
  const words = cntlmOptions
    .filter(({ name, repeatable }) => repeatable || !given.has(name.toLowerCase()))
    .map(({ name }) => ({ label: name, kind: "key" as const, newText: `${name} ` }));
  return { words, span: { start: offset - typed.length, end: offset } };
}
