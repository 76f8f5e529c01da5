import type { BypassEntry } from "../proxy/bypass/entry.js";
import { labelsOf } from "../proxy/clients.js";
import { isLoopback } from "../proxy/host.js";
import { parseIpv4 } from "../proxy/ip.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { type BypassList, bypassLists, ignoring, knownEntries } from "./support/bypass-lists.js";
import { listing } from "./support/listing.js";

export const noProxyCidr: Rule = {
  id: "no-proxy-cidr",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A CIDR block in a bypass list that some program in play ignores." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      reportBlocks(context, list);
      if (list.clients.length > 0) reportBroken(context, list);
    }
  },
};

/** One finding for all blocks of a list that the same programs ignore. */
function reportBlocks(context: RuleContext, list: BypassList): void {
  const groups = new Map<string, BypassEntry[]>();
  const namesLocalhost = list.entries.some(({ kind, host }) => !isBlock(kind) && isLoopback(host));
  for (const entry of knownEntries(list)) {
    if (!isBlock(entry.kind)) continue;
    if (namesLocalhost && isLoopback(entry.host.replace(/\/.*$/, ""))) continue;
    const clients = ignoring(list, entry);
    if (clients.length === 0) continue;
    const key = labelsOf(clients);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  for (const [clients, entries] of groups) {
    const [first, ...others] = entries;
    if (!first) continue;
    context.report({
      span: list.value.toSource(first),
      message: msg(
        "CIDR ({0}) does nothing in {1}: name the hosts or their domain.",
        listing(entries.map(({ text }) => text)),
        clients,
      ),
      ...(others.length > 0 && {
        related: others.map((entry) => ({ span: list.value.toSource(entry), message: msg("Another block.") })),
      }),
    });
  }
}

function isBlock(kind: BypassEntry["kind"]): boolean {
  return kind === "cidr4" || kind === "cidr6";
}

/** What was meant as a block: `10.0.0.0/255.0.0.0` is Ruby's alone, `10/8` and `10.0.0.0/33` nobody's. */
function reportBroken(context: RuleContext, list: BypassList): void {
  for (const entry of knownEntries(list)) {
    if (entry.kind !== "url" || !isBrokenBlock(entry.text)) continue;
    const block = withBits(entry.text);
    const edits = block === undefined ? undefined : list.value.replace(entry, block);
    context.report({
      span: list.value.toSource(entry),
      message:
        block === undefined
          ? msg(
              "{0} is no CIDR block: it takes a whole address and the number of its bits, as in 10.0.0.0/8.",
              entry.text,
            )
          : msg("{0} is no CIDR block to most programs: write {1}.", entry.text, block),
      ...(block !== undefined && edits && { fixes: [{ title: msg("Write {0}", block), edits, safe: true }] }),
    });
  }
}

/** An address, or the beginning of one, with a slash and digits. */
export function isBrokenBlock(text: string): boolean {
  return /^(?:\d[\d.]*|(?=[^/]*:)[\da-f:.]+)\/[-\d.]*$/i.test(text);
}

/** `10.0.0.0/255.0.0.0` with the number of bits. */
function withBits(text: string): string | undefined {
  const [address = "", mask = ""] = text.split("/");
  const bytes = parseIpv4(mask);
  if (!bytes || !parseIpv4(address)) return undefined;
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1+0*$/.test(bits) ? `${address}/${bits.lastIndexOf("1") + 1}` : undefined;
}
