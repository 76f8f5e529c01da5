import type { BypassEntry } from "../proxy/bypass/entry.js";
import { isLoopback, isSingleLabel } from "../proxy/host.js";
import { msg } from "../text/message.js";
import { baseName, pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";
import type { Rule } from "./rule.js";
import { asMeant } from "./support/as-meant.js";
import { addEntries, asFix } from "./support/bypass-edits.js";
import { isCutOff } from "./support/bypass-lists.js";
import { Coverage } from "./support/coverage.js";
import { dockerdParts, type Given, givenTo, isOpen, isSetHere, type Part, unitsOf } from "./support/environments.js";
import { listing } from "./support/listing.js";

export const chainNoProxyDrift: Rule = {
  id: "chain-no-proxy-drift",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json"],
  docs: { summary: "Bypass lists of one host that should agree differ in what they cover." },
  host: true,
  check(context) {
    const { document } = context;
    // One file speaks for one kind of place.
    if (context.host.length === 1) return;
    const all = hopsOf(context.host);
    for (const hop of all) {
      if (hop.list.document !== document) continue;
      const others = all.filter((other) => other.kind !== hop.kind);
      if (others.length === 0) continue;
      const missing = new Map<string, Hop>();
      for (const other of others) {
        for (const entry of entriesOf(other)) {
          // Half of what runs in a container ignores a block: nothing that its list should have.
          if (!hop.service && (entry.kind === "cidr4" || entry.kind === "cidr6")) continue;
          // Go takes no address in brackets without a port.
          if (hop.service && entry.text.startsWith("[") && entry.port === undefined) continue;
          if (!missing.has(entry.text) && !hop.coverage.covers(entry)) missing.set(entry.text, other);
        }
      }
      if (missing.size === 0) continue;
      const entries = [...missing.keys()];
      const holders = [...new Set(missing.values())];
      context.report({
        span: hop.list.assignment.span,
        // dockerd needs registries and the runner needs GitLab: what containers bypass is seldom missed there.
        ...(hop.service && { severity: "information" as const }),
        message: msg(
          "This bypass list lacks {0}, which {1} has.",
          listing(entries),
          [...new Set(holders.map(({ label }) => label))].join(", "),
        ),
        related: holders.map(({ list }) => ({
          uri: list.document.uri,
          span: list.assignment.span,
          message: msg("The other list."),
        })),
        ...asFix(document, msg("Add {0} to the bypass list", listing(entries)), () =>
          addEntries(hop.parts, hop.list, entries),
        ),
      });
    }
  },
};

/** A place of the host that has a proxy and a bypass list of its own. */
interface Hop {
  /** Lists of one kind need not agree: two runners may serve two networks. */
  readonly kind: "dockerd" | "runner" | "environment" | "docker-client";
  /** For people: the unit or the file. */
  readonly label: string;
  readonly parts: readonly Part[];
  readonly list: Given;
  /** Of the list; made when it is compared. */
  readonly coverage: Coverage;
  /** Read by the service alone, not by containers. */
  readonly service: boolean;
}

function hopsOf(host: readonly Document[]): readonly Hop[] {
  const hops: Hop[] = [];
  const add = (kind: Hop["kind"], parts: readonly Part[] | undefined) => {
    const hop = parts && hopOf(kind, parts);
    if (hop) hops.push(hop);
  };
  add("dockerd", dockerdParts(host));
  for (const parts of unitsOf(host, "runner")) add("runner", parts);
  for (const document of host) {
    for (const scope of document.settings.scopes) {
      if (scope.container === false) continue;
      if (scope.kind === "runner-environment") add("environment", [{ document, scope }]);
      if (scope.kind === "docker-client" && scope.label === "default") add("docker-client", [{ document, scope }]);
    }
  }
  return hops;
}

function hopOf(kind: Hop["kind"], parts: readonly Part[]): Hop | undefined {
  const list = givenTo("go", "noProxy", parts);
  const proxies = (["http", "https"] as const).map((use) => givenTo("go", use, parts));
  if (!list || isCutOff(list.document.text, list.scope, list.assignment.value)) return undefined;
  if (isOpen(parts) || list.assignment.external || list.assignment.value.hasUnknown()) return undefined;
  // A list is whole in one file; which of two drop-ins counts is the order of their names.
  if (parts.filter(({ scope }) => scope.kind === "unit" && scope.assignments.some(isList)).length > 1) return undefined;
  if (!proxies.some((proxy) => proxy && isSetHere(proxy))) return undefined;
  const label = list.scope.kind === "unit" ? list.scope.label : baseName(pathOf(list.document.uri));
  let coverage: Coverage | undefined;
  return {
    kind,
    label,
    parts,
    list,
    get coverage() {
      coverage ??= new Coverage(asMeant(list.assignment.value.text));
      return coverage;
    },
    service: kind === "dockerd" || kind === "runner",
  };
}

function isList({ variable }: { readonly variable?: string }): boolean {
  return variable === "no_proxy";
}

/** The entries that mean the same wherever they stand: not loopback, not names of one label (services), not a cluster's own. */
function entriesOf({ coverage }: Hop): readonly BypassEntry[] {
  return coverage.entries.filter(({ kind, host }) => {
    switch (kind) {
      case "name":
      case "suffix":
      case "wildcard-suffix":
        return (
          !isLoopback(host) &&
          !isSingleLabel(host.replace(/^\*?\./, "")) &&
          !/(?:^|\.)(?:svc|cluster\.local)$/i.test(host)
        );
      case "ipv4":
      case "ipv6":
        return !isLoopback(host);
      case "cidr4":
      case "cidr6":
        return !isLoopback(host.replace(/\/.*$/, ""));
      default:
        return false;
    }
  });
}
