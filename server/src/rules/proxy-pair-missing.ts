import { type AddressProblemKind, parseAddress } from "../proxy/address.js";
import { onlyGoReads, programOf } from "../proxy/readers.js";
import { environmentOf, isOfUser, sets } from "../proxy/scopes.js";
import type { Assignment, Scope } from "../proxy/settings.js";
import { nameIn, type ProxyVariable, variableOf } from "../proxy/variables.js";
import { type Message, msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { heirsOf, variedIn } from "./support/heirs.js";

const pairs: readonly (readonly [set: ProxyVariable, missing: ProxyVariable])[] = [
  ["http_proxy", "https_proxy"],
  ["https_proxy", "http_proxy"],
];

export const proxyPairMissing: Rule = {
  id: "proxy-pair-missing",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "One of `http_proxy` and `https_proxy` is set without the other." },
  host: true,
  check(context) {
    for (const scope of context.settings.scopes) {
      if (scope.open || scope.kind === "script" || scope.kind === "service") continue;
      const parts = [
        ...environmentOf(scope, context.host),
        ...heirsOf(scope, context.settings),
        ...daemonJsonOf(scope, context),
      ];
      const varied = variedIn(scope, context.settings).map(variableOf);
      for (const [set, missing] of pairs) {
        const present = scope.assignments.filter((a) => a.variable === set && a.value.text.trim() !== "");
        const first = present[0];
        if (!first || present.some((a) => a.external || a.value.hasUnknown())) continue;
        // curl, git and requests fall back on all_proxy; Go does not read it.
        if (varied.includes(missing) || sets(parts, missing) || (!onlyGoReads(scope) && sets(parts, "all_proxy")))
          continue;
        report(context, scope, first, present, missing);
      }
    }
  },
};

/** daemon.json adds to what its service gives dockerd. */
function daemonJsonOf(scope: Scope, { document, host }: RuleContext): readonly Scope[] {
  if (scope.kind !== "unit" || !/^docker/.test(scope.label)) return [];
  return host
    .filter((other) => isOfUser(other) === isOfUser(document))
    .flatMap(({ settings }) => settings.scopes.filter(({ kind }) => kind === "docker-daemon"));
}

function report(
  context: RuleContext,
  scope: Scope,
  first: Assignment,
  present: readonly Assignment[],
  missing: ProxyVariable,
): void {
  const wanted = nameIn(missing, first.spelling) ?? missing;
  const edits = present.flatMap((assignment) => {
    const name = nameIn(missing, assignment.spelling);
    // What is no address is not to be written twice.
    return name === undefined || assignment.dropped || !isAddress(assignment.value.text)
      ? []
      : (context.addAssignment(scope, name, assignment.value.text) ?? []);
  });
  context.report({
    span: first.name.contentSpan,
    message: messageFor(scope, missing, wanted),
    // Registries are https: dockerd lacks nothing in practice.
    ...(missing === "http_proxy" && scope.readers.includes("dockerd") && { severity: "hint" as const }),
    ...(edits.length > 0 && {
      fixes: [{ title: msg("Add {0} with the same address", wanted), edits, safe: true, adds: true }],
    }),
  });
}

function messageFor(scope: Scope, missing: ProxyVariable, wanted: string): Message {
  const url = missing === "https_proxy" ? "https://" : "http://";
  if (onlyGoReads(scope))
    return msg("{0} reaches {1} URLs without the proxy: {2} is not set.", programOf(scope), url, wanted);
  return msg("Requests to {0} URLs go without the proxy: {1} is not set.", url, wanted);
}

/** What an address may have that programs take differently, or that nobody minds. */
const minor: readonly AddressProblemKind[] = ["no-scheme", "path", "character", "escape", "control"];

function isAddress(text: string): boolean {
  return !/[\s,"']/.test(text) && parseAddress(text).problems.every(({ kind }) => minor.includes(kind));
}
