import { onlyGoReads, programOf } from "../proxy/readers.js";
import { assignmentsOf, environmentOf, sets } from "../proxy/scopes.js";
import { nameIn } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const proxyAllUnread: Rule = {
  id: "proxy-all-unread",
  severity: "warning",
  formats: ["systemd-dropin", "docker-json"],
  docs: { summary: "`ALL_PROXY` alone for a Go program (dockerd, gitlab-runner), which does not read it." },
  host: true,
  check(context) {
    for (const scope of context.settings.scopes) {
      const [all] = assignmentsOf(scope, "all_proxy");
      if (!all || all.value.text === "" || !onlyGoReads(scope)) continue;
      const parts = environmentOf(scope, context.host);
      if (sets(parts, "http_proxy") || sets(parts, "https_proxy")) continue;
      const names = (["http_proxy", "https_proxy"] as const).flatMap((v) => nameIn(v, all.spelling) ?? []);
      const address = forGo(all.value.text);
      const edits =
        all.value.hasUnknown() || address === undefined
          ? []
          : names.flatMap((name) => context.addAssignment(scope, name, address) ?? []);
      context.report({
        span: all.name.contentSpan,
        message: msg("{0} does not read {1}: set {2}.", programOf(scope), all.name.text, names.join(", ")),
        ...(edits.length > 0 && {
          fixes: [{ title: msg("Add {0} with the same address", names.join(", ")), edits, safe: true, adds: true }],
        }),
      });
    }
  },
};

/** Go leaves names to a SOCKS proxy in any case, and older ones take `socks5h` for a host; no Go knows `socks4`. */
function forGo(address: string): string | undefined {
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === "socks5h") return `socks5${address.slice(scheme.length)}`;
  return scheme === undefined || /^(?:https?|socks5)$/.test(scheme) ? address : undefined;
}
