import { labelsOf } from "../proxy/clients.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { bypassLists, ignoring, knownEntries } from "./support/bypass-lists.js";

export const noProxyAll: Rule = {
  id: "no-proxy-all",
  severity: "information",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A bypass list of `*`: every request goes past the proxy." },
  check(context) {
    for (const list of bypassLists(context.settings)) {
      for (const entry of knownEntries(list)) {
        if (entry.kind !== "all" || entry.port !== undefined) continue;
        const clients = ignoring(list, entry);
        // Beside other entries most programs ignore it, which is no-proxy-wildcard's.
        if (list.entries.length > 1 && (clients.length > 0 || list.clients.length === 0)) continue;
        context.report({
          span: list.value.toSource(entry),
          message:
            clients.length === 0
              ? msg("* covers every host: nothing goes through the proxy.")
              : msg(
                  "* covers every host: nothing goes through the proxy, but for {0}, which do not take it.",
                  labelsOf(clients),
                ),
        });
        break;
      }
    }
  },
};
