import { completeService } from "./ci-services.js";
import { jobScope, nameWords } from "./names.js";
import { inDocument, type Offer, type Place } from "./offer.js";
import { valueWords } from "./value.js";
import { indentedBelow, yamlPathAt } from "./yaml-path.js";

/** Variables below a `variables:`, their values, and services. All other keywords are left to YAML's own servers. */
export function completeCi(place: Place): Offer | undefined {
  return variableName(place) ?? emptyValue(place) ?? completeService(place);
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
  const set = new Set([...found.siblings.keys()].filter((name) => name !== typed + rest));
  const words = nameWords(jobScope, set, (name) => (assigned ? [name, ""] : [`${name}: "`, '"']));
  return inDocument(place, { start: offset - typed.length, end: offset + rest.length }, words);
}

function emptyValue(place: Place): Offer | undefined {
  const { before, after, offset } = place;
  const [, indentation = "", name] = /^( *)(\w+)[ \t]*:[ \t]+$/.exec(before) ?? [];
  if (name === undefined || !/^[ \t]*(?:#|$)/.test(after) || (after !== "" && !/^[ \t]/.test(after))) return undefined;
  const found = yamlPathAt(place.text, offset - before.length, indentation.length, false);
  if (!found || !isVariables(found.path) || indentedBelow(place.text, offset, indentation.length)) return undefined;
  const words = valueWords(place, name, true).map((word) => ({ ...word, text: JSON.stringify(word.text) }));
  return words.length > 0 ? inDocument(place, { start: offset, end: offset }, words) : undefined;
}

/** `variables:` of the root, a job, a service or a rule. */
function isVariables(path: readonly string[]): boolean {
  if (path.at(-1) !== "variables") return false;
  if (path.length <= 2) return path[0] !== "default";
  return path.at(-2) === "-" && /^(?:services|rules)$/.test(path.at(-3) ?? "") && path.length <= 5;
}
