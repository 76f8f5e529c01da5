import { type BypassEntry, type EntryKind, parseBypassList } from "../../proxy/bypass/entry.js";
import { entryMeaning } from "../../proxy/bypass/meaning.js";
import { type ClientName, clients, readsVariable } from "../../proxy/clients.js";
import { clientsOf } from "../../proxy/readers.js";
import type { Assignment, Scope } from "../../proxy/settings.js";
import { type Message, msg } from "../../text/message.js";
import { overlaps, type Span } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";

interface BypassHint {
  /** Behind the entry. */
  readonly offset: number;
  readonly label: Message;
}

/** Entries of which findings tell, or of which nothing is known. */
const untold: ReadonlySet<EntryKind> = new Set(["empty", "other", "url", "quoted", "joined"]);

/** Enough for any list that a person wrote: each entry is put to each program. */
const mostEntries = 300;

/** Of more programs the first are named, and the others counted. */
const most = 3;

/**
 * Which of the programs that read a bypass list make something else of an entry than the others. Where a scope has the list twice, in
 * both letter cases, the same is not said again.
 */
export function bypassHints({ settings }: Document, wanted: Span): readonly BypassHint[] {
  return settings.scopes.flatMap((scope) => {
    const said = new Set<string>();
    return scope.assignments.flatMap((assignment) => {
      const hints = overlaps(assignment.span, wanted) ? hintsIn(assignment, scope) : [];
      return hints.filter(({ text, label: { text: told, args } }) => {
        return said.size < said.add([text, told, ...args].join("\n")).size;
      });
    });
  });
}

function hintsIn(assignment: Assignment, scope: Scope): readonly (BypassHint & { readonly text: string })[] {
  const { variable, value, external, dropped } = assignment;
  if (variable !== "no_proxy" || external || dropped) return [];
  const readers = readersOf(assignment, scope);
  if (readers.length < 2) return [];
  const entries = parseBypassList(value.text).slice(0, mostEntries);
  return entries.flatMap((entry) => {
    const label = untold.has(entry.kind) || value.hasUnknown(entry) ? undefined : differenceIn(entry, readers);
    return label ? [{ offset: value.toSource(entry).end, label, text: entry.text }] : [];
  });
}

function readersOf({ name, spelling }: Assignment, scope: Scope): readonly ClientName[] {
  const all = clientsOf(scope);
  if (spelling === "client-key" || spelling === "daemon-key") return all;
  return all.filter((client) => readsVariable(client, "noProxy", name.text));
}

/** That names below a plain name are not covered by one library of Node alone is left to the hover. */
function differenceIn(entry: BypassEntry, readers: readonly ClientName[]): Message | undefined {
  const meanings = readers.map((client) => ({ client, ...entryMeaning(client, entry) }));
  const [heeding, ignoring] = parted(meanings, ({ honour }) => honour !== "ignored");
  if (heeding.length > 0 && ignoring.length > 0) {
    return ignoring.length <= heeding.length ? msg("not {0}", named(ignoring)) : msg("only {0}", named(heeding));
  }
  if (entry.kind !== "suffix" || heeding.length === 0) return undefined;
  const [covering, others] = parted(meanings, ({ itself }) => itself === true);
  if (covering.length === 0 || others.length === 0) return undefined;
  const name = entry.host.replace(/^\.+/, "");
  return others.length <= covering.length
    ? msg("{0} itself: not {1}", name, named(others))
    : msg("{0} itself: only {1}", name, named(covering));
}

function parted<T extends { readonly client: ClientName }>(
  all: readonly T[],
  belongs: (one: T) => boolean,
): readonly [first: readonly ClientName[], second: readonly ClientName[]] {
  const names = (list: readonly T[]) => list.map(({ client }) => client);
  return [names(all.filter(belongs)), names(all.filter((one) => !belongs(one)))];
}

function named(names: readonly ClientName[]): string {
  const labels = names.map((name) => clients[name].label);
  const more = labels.length - most;
  // A count takes as much room as one more name.
  return more > 1 ? `${labels.slice(0, most).join(", ")} +${more}` : labels.join(", ");
}
