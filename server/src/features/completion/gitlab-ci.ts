import { jobScope, nameWords } from "./names.js";
import { inDocument, type Offer, type Place, type Word } from "./offer.js";
import { valueWords } from "./value.js";
import { yamlPathAt } from "./yaml-path.js";

/** Variables below a `variables:`, their values, and Docker-in-Docker as a service. Keywords are left to YAML's own servers. */
export function completeCi(place: Place): Offer | undefined {
  return variableName(place) ?? emptyValue(place) ?? service(place);
}

function variableName(place: Place): Offer | undefined {
  const { before, after, offset } = place;
  const [, indentation, typed] = /^( *)(\w*)$/.exec(before) ?? [];
  const rest = /^\w*/.exec(after)?.[0] ?? "";
  const behind = after.slice(rest.length);
  const assigned = /^[ \t]*:/.test(behind);
  if (indentation === undefined || typed === undefined || !(assigned || behind.trim() === "")) return undefined;
  const found = yamlPathAt(place.text, offset - before.length, indentation.length, false);
  if (!found || !isVariables(found.path)) return undefined;
  const set = new Set([...found.siblings].filter((name) => name !== typed + rest));
  const words = nameWords(jobScope, set, (name) => (assigned ? [name, ""] : [`${name}: "`, '"']));
  return inDocument(place, { start: offset - typed.length, end: offset + rest.length }, words);
}

function emptyValue(place: Place): Offer | undefined {
  const { before, after, offset } = place;
  const [, indentation = "", name] = /^( *)(\w+)[ \t]*:[ \t]+$/.exec(before) ?? [];
  if (name === undefined || !/^[ \t]*(?:#|$)/.test(after) || (after !== "" && !/^[ \t]/.test(after))) return undefined;
  const found = yamlPathAt(place.text, offset - before.length, indentation.length, false);
  if (!found || !isVariables(found.path) || indentedBelow(place, indentation.length)) return undefined;
  const words = valueWords(place, name, true).map((word) => ({ ...word, text: JSON.stringify(word.text) }));
  return words.length > 0 ? inDocument(place, { start: offset, end: offset }, words) : undefined;
}

/** The value stands on the lines below: `NAME:` and `value:` under it. */
function indentedBelow({ text, offset }: Place, indentation: number): boolean {
  const next = /\n(?:[ \t]*\r?\n)*( *)\S/.exec(text.slice(offset, offset + 2000));
  return next?.[1] !== undefined && next[1].length > indentation;
}

function service(place: Place): Offer | undefined {
  const { before, after, offset } = place;
  const [, indentation, key = "", typed] = /^( *)- +(name:[ \t]+)?([\w.:/-]*)$/.exec(before) ?? [];
  if (indentation === undefined || typed === undefined || !/^[ \t]*(?:#|$)/.test(after)) return undefined;
  if (after !== "" && !/^[ \t]/.test(after)) return undefined;
  const found = yamlPathAt(place.text, offset - before.length, indentation.length, true);
  const path = found?.path ?? [];
  if (path.at(-1) !== "-" || path.at(-2) !== "services" || path.length > 3) return undefined;
  if (indentedBelow(place, indentation.length) && key === "") return undefined;
  const words = ["docker:dind", "docker:dind-rootless"].map((text): Word => ({ label: text, kind: "value", text }));
  return inDocument(place, { start: offset - typed.length, end: offset }, words);
}

/** `variables:` of the root, a job, a service or a rule. */
function isVariables(path: readonly string[]): boolean {
  if (path.at(-1) !== "variables") return false;
  if (path.length <= 2) return path[0] !== "default";
  return path.at(-2) === "-" && /^(?:services|rules)$/.test(path.at(-3) ?? "") && path.length <= 5;
}
