import { type BypassEntry, parseBypassList } from "../../proxy/bypass/entry.js";
import { ignoredBy } from "../../proxy/bypass/meaning.js";
import { type ClientName, clientNames } from "../../proxy/clients.js";
import { clientsOf } from "../../proxy/readers.js";
import { assignmentsOf } from "../../proxy/scopes.js";
import type { Assignment, ProxySettings, Scope } from "../../proxy/settings.js";
import { scriptScopes } from "../../shell/facts/assignments.js";
import type { MappedText } from "../../text/mapped-text.js";

/** A bypass list where a variable or a key is given it. */
export interface BypassList {
  readonly scope: Scope;
  readonly assignment: Assignment;
  readonly value: MappedText;
  /** Spans are of `value`. */
  readonly entries: readonly BypassEntry[];
  /** The measured programs that may read it; none where nothing is known of the readers. */
  readonly clients: readonly ClientName[];
}

const lists = new WeakMap<ProxySettings, readonly BypassList[]>();

/** Every bypass list of a document: in variables, in keys, and in what its scripts export. Those from outside are left out. */
export function bypassLists(settings: ProxySettings): readonly BypassList[] {
  let found = lists.get(settings);
  if (!found) {
    found = [...settings.scopes, ...exportsOf(settings)].flatMap((scope) =>
      assignmentsOf(scope, "no_proxy").flatMap((assignment) => listOf(scope, assignment)),
    );
    lists.set(settings, found);
  }
  return found;
}

function exportsOf({ scripts }: ProxySettings): readonly Scope[] {
  return scripts.flatMap((script) => {
    if (script.repeated || !script.texts.some(({ text }) => /no_proxy=/i.test(text))) return [];
    return scriptScopes(script, script.scope?.label ?? "");
  });
}

function listOf(scope: Scope, assignment: Assignment): BypassList[] {
  const { value } = assignment;
  if (assignment.external || isTooLong(value)) return [];
  const entries = parseBypassList(value.text);
  return entries.length > 0 ? [{ scope, assignment, value, entries, clients: clientsOf(scope) }] : [];
}

/**
 * Whether a list is longer than a variable can be: Linux starts no program with one of 128 KiB (MAX_ARG_STRLEN). What clients
 * make of its entries does not matter, and would take seconds to tell.
 */
export function isTooLong({ text }: MappedText): boolean {
  return text.length >= 128 * 1024;
}

/** The entries that the document itself says: no variable and no template fills them in. */
export function knownEntries({ entries, value }: BypassList): readonly BypassEntry[] {
  return entries.filter((entry) => !value.hasUnknown(entry));
}

/**
 * The programs in play that do not let the entry cover anything that it means. Where the readers are not known, all that were
 * measured or none: what everyone ignores is wrong whoever reads it.
 */
export function ignoring({ clients }: BypassList, entry: BypassEntry): readonly ClientName[] {
  if (clients.length > 0) return ignoredBy(entry, clients);
  return ignoredByAll(entry) ? clientNames : [];
}

/** Whether no measured program lets the entry cover anything that it means. */
export function ignoredByAll(entry: BypassEntry): boolean {
  return ignoredBy(entry, clientNames).length === clientNames.length;
}

/** systemd ends a bare value at a blank; `systemd-unquoted-blank` tells of the entries that it drops. */
export function isCutOff(text: string, scope: Scope, value: MappedText): boolean {
  if (scope.kind !== "unit") return false;
  const { end } = value.contentSpan;
  return /^(?:[ \t]|\\\r?\n)+[^\s=#"']+["']?(?:\s|$)/.test(text.slice(end, end + 200));
}
