import type { Part, Parts } from "../format.js";
import { mayBeTemplate } from "./toml/template.js";
import type { RunnerTomlTree } from "./tree.js";

const header = "\n[[runners]]";

/**
 * A config.toml falls into its head and the `[[runners]]`, each with its sub-tables. A runner means the same alone, unless a
 * string may go on in the next one, a template may repeat its lines, or another table stands between the runners.
 */
export const parts: Parts<RunnerTomlTree> = {
  cut(text) {
    const found: Part[] = [];
    let start = 0;
    for (let at = text.indexOf(header); at >= 0; at = text.indexOf(header, at + header.length)) {
      if (!/^[ \t]*(?:#|\r?\n|$)/.test(text.slice(at + header.length, at + header.length + 80))) return undefined;
      found.push({ context: [], own: [{ start, end: at + 1 }] });
      start = at + 1;
    }
    if (found.length < 2) return undefined;
    found.push({ context: [], own: [{ start, end: text.length }] });
    return found;
  },
  standAlone: (trees, text) => trees.every((tree, index) => meansTheSame(tree, index, text)),
};

function meansTheSame(
  { sections, root, problems, template, source }: RunnerTomlTree,
  index: number,
  text: string,
): boolean {
  if (template) return false;
  if (problems.length > 0 && (/"""|'''/.test(source.text) || mayBeTemplate(text))) return false;
  if (index === 0 && !/^\ufeff?\[\[runners\]\]/.test(source.text)) {
    return [...root.members.keys()].every((key) => key.toLowerCase() !== "runners");
  }
  return sections.every(({ header }, at) => at === 0 || header?.parts[0]?.text === "runners");
}
