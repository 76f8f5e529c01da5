import { parseBypassList } from "../../proxy/bypass/entry.js";
import { variableOf } from "../../proxy/variables.js";
import type { MappedText } from "../../text/mapped-text.js";
import { assignmentAt } from "../assignment-at.js";
import { dockerVariables } from "../meaning/variables.js";
import { knownAddresses, knownBypasses } from "./known.js";
import type { Offer, Place, Word } from "./offer.js";

/** Values of the variable that the cursor is in, whatever the format. */
export function completeValue(place: Place): Offer | undefined {
  const found = assignmentAt(place.document, place.offset);
  if (!found || found.inValue === undefined) return undefined;
  const { assignment, scope } = found;
  if (assignment.external || isUnwritten(place, assignment.value)) return undefined;
  const name = assignment.variable ?? assignment.name.text;
  return valueOffer(place, name, assignment.value, found.inValue, scope.container);
}

/** In YAML nothing, or a list, stands for a value: where it is to be written is another question. */
function isUnwritten({ document }: Place, { sourceSpan: { start, end } }: MappedText): boolean {
  return document.format.id === "gitlab-ci" && start === end;
}

/**
 * Values of a variable.
 * @param name of the variable, or the proxy variable that a key stands for
 * @param at offset of the cursor in `value`
 * @param container whether the readers run in containers
 */
export function valueOffer(
  place: Place,
  name: string,
  value: MappedText,
  at: number,
  container: boolean | undefined,
): Offer | undefined {
  if (variableOf(name) === "no_proxy") return bypassOffer(place, value, at, container);
  const words = valueWords(place, name, container);
  if (words.length === 0 || value.hasUnknown()) return undefined;
  return { words, into: value, span: { start: 0, end: value.text.length } };
}

/** Whole values of a variable, for a place where nothing stands yet. */
export function valueWords(place: Place, name: string, container: boolean | undefined): readonly Word[] {
  const variable = variableOf(name);
  if (variable === "no_proxy") return bypassWords(place, container, new Set());
  if (variable) {
    return knownAddresses(place, container).map(({ text, from }) => {
      return { label: text, kind: "value", text, detail: place.localize(from) };
    });
  }
  const known = dockerVariables.find((docker) => docker.name === name);
  return (known?.values ?? []).map((text) => ({ label: text === "" ? '""' : text, kind: "value", text }));
}

/** The entry that the cursor is in is replaced; those that the list has already are left out. */
function bypassOffer(place: Place, value: MappedText, at: number, container: boolean | undefined): Offer | undefined {
  const { text } = value;
  const start = text.lastIndexOf(",", at - 1) + 1;
  const comma = text.indexOf(",", at);
  const end = comma < 0 ? text.length : comma;
  const from = start + (/^\s*/.exec(text.slice(start, at))?.[0].length ?? 0);
  const to = at + (/^[^\s]*/.exec(text.slice(at, end))?.[0].length ?? 0);
  if (/\s/.test(text.slice(from, at)) || value.hasUnknown({ start: from, end: to })) return undefined;
  const span = { start: from, end: to };
  const words = bypassWords(place, container, new Set(parseBypassList(text).map((entry) => entry.text)));
  return { words, into: value, span };
}

function bypassWords(place: Place, container: boolean | undefined, taken: ReadonlySet<string>): readonly Word[] {
  return knownBypasses(place, container)
    .filter(({ text }) => !taken.has(text))
    .map(({ text, from }) => ({ label: text, kind: "host", text, detail: place.localize(from) }));
}
