import { type ProxyAddress, parseAddress } from "../../proxy/address.js";
import { placeholdersIn } from "../../proxy/placeholder.js";
import { addressesOf } from "../../proxy/scopes.js";
import type { Assignment, ProxySettings, Scope } from "../../proxy/settings.js";
import { scriptScopes } from "../../shell/facts/assignments.js";
import type { MappedText } from "../../text/mapped-text.js";
import { overlaps, type Span } from "../../text/span.js";

/** The address of a proxy where a variable or a key is given it. */
export interface ProxyPlace {
  readonly scope: Scope;
  readonly assignment: Assignment;
  readonly value: MappedText;
  /** Spans in it are of `value`. What is not known stands in it as letters, see {@link isKnown}. */
  readonly address: ProxyAddress;
  /** What is left to be filled in, in `value`. */
  readonly placeholders: readonly Span[];
  /**
   * The blanks, or the commas and semicolons with quotes around them, before further assignments that ended up in this value:
   * `http://a:1 HTTPS_PROXY=http://a:1`, `http://a:1","HTTPS_PROXY=http://a:1`. Empty where nothing stands between.
   */
  readonly glued: readonly Span[];
}

const places = new WeakMap<ProxySettings, readonly ProxyPlace[]>();

/** Every address of a document: in variables, in keys, and in what its scripts export. Those from outside are left out. */
export function proxyPlaces(settings: ProxySettings): readonly ProxyPlace[] {
  let found = places.get(settings);
  if (!found) {
    found = [...settings.scopes, ...exportsOf(settings)].flatMap((scope) =>
      addressesOf(scope).flatMap((assignment) => placeOf(scope, assignment) ?? []),
    );
    places.set(settings, found);
  }
  return found;
}

/** Whether the document says these characters of the value: no variable and no template fills them in. */
export function isKnown({ value }: Pick<ProxyPlace, "value">, part: Span): boolean {
  return !value.hasUnknown(part);
}

/** Whether the characters are known and none of them belongs to a placeholder. */
export function isReal(place: Pick<ProxyPlace, "value" | "placeholders">, part: Span): boolean {
  return isKnown(place, part) && !place.placeholders.some((placeholder) => overlaps(placeholder, part));
}

/** Host and port, as marked in a finding; the host with the brackets of IPv6. */
export function endpointSpan({ address: { host, port, text } }: ProxyPlace): Span | undefined {
  if (!host) return undefined;
  const bracket = text[host.start - 1] === "[" ? 1 : 0;
  return { start: host.start - bracket, end: Math.max(host.end + bracket, port?.end ?? 0) };
}

function exportsOf({ scripts }: ProxySettings): readonly Scope[] {
  return scripts.flatMap((script) => {
    if (script.repeated || !script.texts.some(({ text }) => /_proxy=/i.test(text))) return [];
    return scriptScopes(script, script.scope?.label ?? "");
  });
}

/** A name in the place of a value that no format marks as a template's. */
const token = /^(?:__\w+__|@\w+@|%\w+%|##\w+##)$/;
const variableAlone = /^\s*\$(?:\w+|\{\w+\})\s*$/;
/**
 * Another assignment behind a blank, or one of a proxy variable behind a comma or a semicolon, which a password may have in it,
 * or right behind a port: quotes that touch leave nothing between.
 */
const further = /\s[A-Za-z_]\w*=|(?:[,;]["'\s]{0,4}|(?<=:\d{1,5}\/?))(?=(?:https?|no|all|ftp)_proxy=)/gi;

function placeOf(scope: Scope, assignment: Assignment): ProxyPlace | undefined {
  if (assignment.external || assignment.value.text.trim() === "" || token.test(assignment.value.text)) return undefined;
  // systemd expands no variable: systemd-dollar tells, and what was meant is not known.
  if (scope.kind === "unit" && variableAlone.test(assignment.value.text)) return undefined;
  const glued = gluedIn(assignment.value);
  // Longer than any address: a file of another kind.
  if ((glued[0]?.start ?? assignment.value.text.length) > 4096) return undefined;
  const value = glued[0] ? assignment.value.slice(0, glued[0].start) : assignment.value;
  const text = masked(value);
  if (text === undefined) return undefined;
  const placeholders = placeholdersIn(value.text).filter((span) => !value.hasUnknown(span));
  return { scope, assignment, value, address: parseAddress(text), placeholders, glued };
}

function gluedIn(value: MappedText): Span[] {
  const found: Span[] = [];
  for (const { index, 0: match } of value.text.matchAll(further)) {
    const blank = /^\s/.test(match);
    let start = index;
    while (start > 0 && (!blank ? /["'\s]/ : /\s/).test(value.text.charAt(start - 1))) start--;
    if (start > 0) found.push({ start, end: index + (blank ? 1 : match.length) });
  }
  return found;
}

/** The text with a letter for each character that is not known; undefined where nothing of it is known. */
function masked(value: MappedText): string | undefined {
  const unknown = value.unknownSpans();
  if (unknown.length === 0) return value.text;
  let text = "";
  let known = false;
  for (const { start, end } of unknown) {
    const before = value.text.slice(text.length, start);
    known ||= before.trim() !== "";
    text += before + "u".repeat(end - start);
  }
  const after = value.text.slice(text.length);
  return known || after.trim() !== "" ? text + after : undefined;
}
