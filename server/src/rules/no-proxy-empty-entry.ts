import type { BypassEntry } from "../proxy/bypass/entry.js";
import { msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";
import { type BypassList, bypassLists, isCutOff, knownEntries } from "./support/bypass-lists.js";

export const noProxyEmptyEntry: Rule = {
  id: "no-proxy-empty-entry",
  severity: "hint",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "An empty or a repeated entry of a bypass list." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      const cut = isCutOff(context.text, list.scope, list.value);
      const idle = idleEntries(list).filter((entry) => !(cut && entry.last));
      const [first, ...others] = idle;
      if (!first) continue;
      const edits = removal(list, idle);
      const message = (entry: BypassEntry) =>
        entry.kind === "empty" ? msg("An empty entry has no effect.") : msg("{0} is in the list already.", entry.text);
      context.report({
        span: placeOf(list, first),
        message: message(first),
        unnecessary: true,
        ...(others.length > 0 && {
          related: others.map((entry) => ({ span: placeOf(list, entry), message: message(entry) })),
        }),
        ...(edits && { fixes: [{ title: msg("Remove empty and repeated entries"), edits, safe: true }] }),
      });
    }
  },
};

function idleEntries(list: BypassList): readonly BypassEntry[] {
  const seen = new Set<string>();
  return knownEntries(list).filter((entry) => {
    if (entry.kind === "empty") return true;
    if (entry.kind === "joined" || entry.kind === "quoted" || entry.kind === "url") return false;
    const key = entry.text.toLowerCase();
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** The entry, or for an empty one the comma that makes it. */
function placeOf({ value }: BypassList, entry: BypassEntry): Span {
  return value.toSource(entry.kind === "empty" ? withComma(entry) : entry);
}

/** The entry with the comma behind it, or before it for the last one. */
function withComma({ raw, first, last }: BypassEntry): Span {
  if (!last) return { start: raw.start, end: raw.end + 1 };
  return { start: first ? raw.start : raw.start - 1, end: raw.end };
}

function removal({ value, entries }: BypassList, idle: readonly BypassEntry[]): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const span of runs(entries, new Set(idle))) {
    const removed = value.replace(span, "");
    if (!removed) return undefined;
    edits.push(...removed);
  }
  return edits;
}

/** What goes: each run of neighbours with the comma that follows it, or for the last one that before it. */
function* runs(entries: readonly BypassEntry[], idle: ReadonlySet<BypassEntry>): Generator<Span> {
  for (let at = 0; at < entries.length; at++) {
    const from = entries[at];
    if (!from || !idle.has(from)) continue;
    let to = from;
    for (let next = entries[at + 1]; next && idle.has(next); next = entries[at + 1]) {
      to = next;
      at++;
    }
    const start = to.last && !from.first ? from.raw.start - 1 : from.raw.start;
    yield { start, end: to.last ? to.raw.end : to.raw.end + 1 };
  }
}
