import { type BypassEntry, parseBypassList } from "../proxy/bypass/entry.js";
import type { ListPart } from "../proxy/bypass/list.js";
import { entryMeaning, type Honour } from "../proxy/bypass/meaning.js";
import { type ClientName, labelsOf } from "../proxy/clients.js";
import { onlyGoReads, programOf } from "../proxy/readers.js";
import { type Message, msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";
import { type BypassList, bypassLists, knownEntries } from "./support/bypass-lists.js";

export const noProxySeparator: Rule = {
  id: "no-proxy-separator",
  severity: "error",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "Entries of a bypass list separated by `;`, `|` or blanks instead of commas." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      for (const entry of knownEntries(list)) {
        if (entry.kind === "joined") reportJoined(context, list, entry);
        else reportBlanks(context, list, entry);
      }
    }
  },
};

function reportJoined(context: RuleContext, list: BypassList, entry: BypassEntry): void {
  const pieces = (entry.pieces ?? []).map(({ text }) => text);
  if (pieces.length === 0) return;
  const commas = pieces.join(",");
  const sign = /[;|\uff0c\uff1b\u3001]/.exec(entry.text)?.[0];
  const clients = losing(list.clients, sampled(entry), entry, parseBypassList(pieces.slice(0, sample).join(",")));
  if (sign === undefined && clients.length === 0) return;
  // What else stands there (a comment, another assignment) would become entries.
  const clear = pieces.every((piece) => !piece.includes("=") && parseBypassList(piece)[0]?.kind !== "other");
  const edits = clear ? list.value.replace(entry, commas) : undefined;
  context.report({
    span: list.value.toSource(entry),
    message: messageFor(list, sign, clients),
    ...(edits && { fixes: [{ title: msg("Separate with commas"), edits, safe: true }] }),
  });
}

/** So many pieces tell how the programs part them: asking about each in turn would be quadratic. */
const sample = 20;

function sampled({ raw, pieces }: BypassEntry): ListPart {
  const end = pieces?.[sample]?.start;
  return end === undefined ? raw : { ...raw, text: raw.text.slice(0, end - raw.start) };
}

function messageFor(list: BypassList, sign: string | undefined, clients: readonly ClientName[]): Message {
  if (sign !== undefined) return msg("No program separates entries by {0}: use commas.", sign);
  return msg("Blanks separate no entries in {0}: use commas.", whoOf(list, clients));
}

/** A blank or a line end beside a comma that becomes part of the entry: wget trims nothing before a comma, curl no line end. */
function reportBlanks(context: RuleContext, list: BypassList, entry: BypassEntry): void {
  const { raw, text, start, end } = entry;
  if (raw.text === text || text === "") return;
  const clients = losing(list.clients, raw, entry, [entry]);
  if (clients.length === 0) return;
  const before = { start: raw.start, end: start };
  const after = { start: end, end: raw.end };
  // A blank behind a comma that harms nobody stays.
  const spans = [[after], [before], [before, after]].find((gone) => {
    const left = gone.length === 2 ? text : gone[0] === after ? raw.text.trimEnd() : raw.text.trimStart();
    return losing(list.clients, { ...raw, text: left }, entry, [entry]).length === 0;
  });
  const edits = removal(list, spans ?? []);
  context.report({
    span: list.value.toSource(entry),
    severity: "warning",
    message: msg("The blank beside {0} is part of the entry in {1}: remove it.", text, whoOf(list, clients)),
    ...(edits && { fixes: [{ title: msg("Remove the blank"), edits, safe: true }] }),
  });
}

function removal({ value }: BypassList, spans: readonly Span[]): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const span of spans.filter(({ start, end }) => start < end)) {
    const removed = value.replace(span, "");
    if (!removed) return undefined;
    edits.push(...removed);
  }
  return edits.length > 0 ? edits : undefined;
}

const ranks: Readonly<Record<Honour, number>> = { unknown: 0, ignored: 0, partly: 1, honoured: 2 };

/** The programs that would let an entry cover more if it stood clean between commas than in `raw`, where it stands. */
function losing(
  clients: readonly ClientName[],
  raw: ListPart,
  { first, last }: BypassEntry,
  entries: readonly BypassEntry[],
): readonly ClientName[] {
  return clients.filter((client) =>
    entries.some((entry) => {
      const clean = { ...entry, raw: entry, first, last };
      return ranks[entryMeaning(client, { ...clean, raw }).honour] < ranks[entryMeaning(client, clean).honour];
    }),
  );
}

function whoOf({ scope }: BypassList, clients: readonly ClientName[]): string {
  return onlyGoReads(scope) ? programOf(scope) : labelsOf(clients);
}
