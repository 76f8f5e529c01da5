import { type BypassEntry, parseBypassList } from "../proxy/bypass/entry.js";
import { msg } from "../text/message.js";
import { isBrokenBlock } from "./no-proxy-cidr.js";
import type { Rule } from "./rule.js";
import { type BypassList, bypassLists, ignoring, knownEntries } from "./support/bypass-lists.js";

export const noProxyUrl: Rule = {
  id: "no-proxy-url",
  severity: "error",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "An entry of a bypass list that is a URL, has a path, or stands in quotes." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      for (const entry of knownEntries(list)) {
        if (!isWrong(list, entry)) continue;
        const quoted = entry.kind === "quoted";
        const wanted = quoted ? entry.host : hostOf(entry);
        const edits = list.value.replace(entry, wanted);
        const title = quoted ? msg("Remove the quotes") : msg("Write {0}", wanted);
        context.report({
          span: list.value.toSource(entry),
          message: quoted
            ? msg("The quotes are part of the entry, so that no program matches it: remove them.")
            : msg("No program matches a URL or a path here: write {0}.", wanted),
          ...(edits && { fixes: [{ title, edits, safe: true }] }),
        });
      }
    }
  },
};

function isWrong(list: BypassList, entry: BypassEntry): boolean {
  if (entry.kind === "url") return !isBrokenBlock(entry.text) && ignoring(list, entry).length > 0;
  if (entry.kind !== "quoted" || entry.host === "") return false;
  // In a unit file those are systemd-typographic-quote's.
  return list.scope.kind !== "unit" || !/[\u2018-\u201f]/.test(entry.text);
}

/** `host[:port]`, the port only where it is not the scheme's own. No credentials. */
function hostOf({ text, host, port }: BypassEntry): string {
  const own = /^https:/i.test(text) ? 443 : 80;
  if (port === undefined || port === own) return host;
  const [entry] = parseBypassList(host);
  return entry?.kind === "ipv6" ? `[${host}]:${port}` : `${host}:${port}`;
}
