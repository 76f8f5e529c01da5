import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import { isKnownTable, keysOf } from "../../formats/runner-toml/keys/index.js";
import type { Section } from "../../formats/runner-toml/toml/nodes.js";
import type { Offer } from "./offer.js";
import { variableWords } from "./words.js";

/** Keys at the beginning of a line, variables inside a string of `environment`. */
export function completeRunner(tree: RunnerTomlTree, before: string, offset: number): Offer | undefined {
  const section = tree.sections.findLast(({ start }) => start <= offset);
  if (!section) return undefined;
  return variables(section, before, offset) ?? keys(section, before, offset);
}

function keys(section: Section, before: string, offset: number): Offer | undefined {
  const typed = /^[ \t]*([\w-]*)$/.exec(before)?.[1];
  const lineStart = offset - before.length;
  // A line inside a value that began above holds no key.
  const inside = section.entries.some((entry) => entry.start < lineStart && entry.end >= offset);
  if (typed === undefined || inside) return undefined;
  const words = keysOf(tablePath(section))
    .filter(({ key, type }) => !type.includes("table") && section.table.find(key) === undefined)
    .map(({ key, type, note }) => ({
      label: key,
      kind: "key" as const,
      detail: note ? `${type}, ${note}` : type,
      newText: `${key} = `,
    }));
  return { words, span: { start: offset - typed.length, end: offset } };
}

function variables(section: Section, before: string, offset: number): Offer | undefined {
  const typed = /["'](\w*)$/.exec(before)?.[1];
  const entry = section.entries.find(({ value }) => value && value.start < offset && offset <= value.end);
  if (typed === undefined || entry?.key.text.toLowerCase() !== "environment") return undefined;
  const set = section.table.strings("environment").map(({ value }) => value.split("=")[0] ?? "");
  const words = variableWords(["upper", "lower"], new Set(set), (name) => `${name}=`);
  return { words, span: { start: offset - typed.length, end: offset } };
}

/** A section's table as the catalogue of keys names it: `runners[].docker`. */
function tablePath({ header }: Section): string {
  let path = "";
  for (const { text: name } of header?.parts ?? []) {
    const next = path === "" ? name : `${path}.${name}`;
    path = isKnownTable(`${next}[]`) ? `${next}[]` : next;
  }
  return path;
}
