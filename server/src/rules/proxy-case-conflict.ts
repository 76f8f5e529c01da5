import { onlyGoReads, programOf } from "../proxy/readers.js";
import { assignmentsOf } from "../proxy/scopes.js";
import type { Assignment, Scope } from "../proxy/settings.js";
import { holdsAddress, type ProxyVariable, proxyVariables } from "../proxy/variables.js";
import { type Message, msg } from "../text/message.js";
import type { Rule } from "./rule.js";

/** Neither Go nor wget reads all_proxy, and only few programs read ftp_proxy (docs/clients.md). */
const curlAlone: readonly ProxyVariable[] = ["all_proxy", "ftp_proxy"];

export const proxyCaseConflict: Rule = {
  id: "proxy-case-conflict",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "gitlab-ci"],
  docs: { summary: "The upper-case and the lower-case variable have different values." },
  check(context) {
    for (const scope of context.settings.scopes) {
      if (scope.kind === "script") continue;
      for (const variable of proxyVariables) {
        // Go reads neither.
        if (onlyGoReads(scope) && curlAlone.includes(variable)) continue;
        const all = assignmentsOf(scope, variable);
        const upper = all.findLast((a) => a.spelling === "upper");
        const lower = all.findLast((a) => a.spelling === "lower");
        if (!upper || !lower || !known(upper) || !known(lower)) continue;
        const same = holdsAddress(variable) ? sameAddress : sameList;
        if (same(upper.value.text, lower.value.text)) continue;
        const second = upper.span.start > lower.span.start ? upper : lower;
        const first = second === upper ? lower : upper;
        context.report({
          span: second.span,
          message: messageFor(scope, variable, upper.name.text, lower.name.text),
          related: [{ span: first.span, message: msg("The other value.") }],
        });
      }
    }
  },
};

function messageFor(scope: Scope, variable: ProxyVariable, upper: string, lower: string): Message {
  if (onlyGoReads(scope)) return msg("{0} and {1} differ: {2} takes {0}.", upper, lower, programOf(scope));
  if (curlAlone.includes(variable)) return msg("{0} and {1} differ: curl takes {1}.", upper, lower);
  return msg("{0} and {1} differ: curl and wget take {1}, Go programs take {0}.", upper, lower);
}

function known(assignment: Assignment): boolean {
  return !assignment.external && !assignment.value.hasUnknown();
}

/** A missing scheme and a slash at the end make no other address. */
function sameAddress(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .trim()
      .replace(/^http:\/\//i, "")
      .replace(/\/$/, "");
  return plain(a) === plain(b);
}

/** The order of a bypass list and blanks in it mean nothing. */
function sameList(a: string, b: string): boolean {
  const plain = (text: string) =>
    [
      ...new Set(
        text
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    ]
      .sort()
      .join();
  return plain(a) === plain(b);
}
