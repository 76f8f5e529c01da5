import type { BypassEntry } from "../proxy/bypass/entry.js";
import { parseBypassList } from "../proxy/bypass/entry.js";
import { ignoredBy } from "../proxy/bypass/meaning.js";
import { type ClientName, labelsOf } from "../proxy/clients.js";
import { onlyGoReads, programOf } from "../proxy/readers.js";
import { type Message, msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { type BypassList, bypassLists, ignoredByAll, ignoring, knownEntries } from "./support/bypass-lists.js";

export const noProxyWildcard: Rule = {
  id: "no-proxy-wildcard",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A `*` in a bypass list that some program in play ignores." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      for (const entry of knownEntries(list)) {
        if (!hasWildcard(entry, list)) continue;
        const clients = ignoring(list, entry);
        if (clients.length === 0) continue;
        const better = replacementOf(entry);
        const left = better === undefined ? [] : ignoredByList(better.text, list.clients);
        const edits = better && list.value.replace(entry, better.text);
        context.report({
          span: list.value.toSource(entry),
          severity: clients.length === list.clients.length || ignoredByAll(entry) ? "error" : "warning",
          message: messageFor(list, entry, clients, better?.text, left),
          ...(better &&
            edits && {
              fixes: [{ title: msg("Write {0}", better.text), edits, safe: better.clear && left.length === 0 }],
            }),
        });
      }
    }
  },
};

/** `*` alone is another rule's. */
function hasWildcard({ kind, port }: BypassEntry, { entries }: BypassList): boolean {
  if (kind === "all") return entries.length > 1 || port !== undefined;
  return kind === "wildcard" || kind === "wildcard-suffix";
}

function ignoredByList(text: string, clients: readonly ClientName[]): readonly ClientName[] {
  const [entry] = parseBypassList(text);
  return entry ? ignoredBy(entry, clients) : [];
}

/** What says the same without a wildcard. `clear`: it is what the writer meant. */
function replacementOf({ kind, text, host }: BypassEntry): { text: string; clear: boolean } | undefined {
  if (kind === "wildcard-suffix") return /\p{L}/u.test(host) ? { text: text.slice(1), clear: true } : undefined;
  const block = blockOf(host);
  if (block !== undefined) return text === host ? { text: block, clear: true } : undefined;
  const rest = text.slice(1);
  // *dev.example.com may be meant for mydev.example.com too.
  const name = text.startsWith("*") && /^[\p{L}\p{N}]/u.test(rest) && !/[*?]/.test(rest) && rest.includes(".");
  return name ? { text: rest, clear: false } : undefined;
}

/** `10.20.*` and `10.20.*.*` are 10.20.0.0/16. */
function blockOf(host: string): string | undefined {
  const match = /^((?:\d{1,3}\.){1,3})\*(?:\.\*){0,2}$/.exec(host);
  const octets = match?.[1]?.slice(0, -1).split(".") ?? [];
  if (octets.length === 0 || host.split(".").length > 4 || octets.some((octet) => Number(octet) > 255))
    return undefined;
  return `${[...octets, "0", "0", "0"].slice(0, 4).join(".")}/${octets.length * 8}`;
}

function messageFor(
  list: BypassList,
  entry: BypassEntry,
  clients: readonly ClientName[],
  better: string | undefined,
  left: readonly ClientName[],
): Message {
  const { text } = entry;
  if (text === "*")
    return msg("* beside other entries covers nothing in {0}, and every host in Go.", labelsOf(clients));
  if (ignoredByAll(entry)) {
    if (better === undefined) return msg("No program matches {0}: list the hosts or their domain.", text);
    if (left.length === 0) return msg("No program matches {0}: write {1}.", text, better);
    return msg("No program matches {0}: list the hosts. {1} does nothing in {2}.", text, better, labelsOf(left));
  }
  const who = onlyGoReads(list.scope) ? programOf(list.scope) : labelsOf(clients);
  if (better === undefined) return msg("{0} covers nothing in {1}: list the hosts or their domain.", text, who);
  return msg("{0} covers nothing in {1}: write {2}.", text, who, better);
}
