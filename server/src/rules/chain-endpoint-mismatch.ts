import { usesLocalDocker } from "../formats/runner-toml/executor.js";
import { holdsAddress, type ProxyVariable } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import { type Environment, type Given, meantFor } from "../workspace/environment.js";
import { endpointOf, meantCntlm, type ProxyEndpoint, servedBy } from "../workspace/proxies.js";
import type { ReportedFix, Rule } from "./rule.js";
import { checkOnChain, type HostChain, type Placed } from "./support/host-chain.js";

/** What a hop is given for one kind of URL. */
interface Named {
  /** The program or the key, as messages name it. */
  readonly who: string;
  /** The one that counts. */
  readonly first: Given;
  /** All of its scope that name the same proxy. */
  readonly same: readonly Given[];
  readonly endpoint: ProxyEndpoint;
}

export const chainEndpointMismatch: Rule = {
  id: "chain-endpoint-mismatch",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json"],
  docs: { summary: "Two hops of one host that should share a proxy name different ones." },
  host: true,
  check: checkOnChain((host) => {
    const variables = ["http_proxy", "https_proxy"] as const;
    const named = variables.map((variable) => namedBy(variable, host));
    const shared = named.map((all) => sharedProxy(all, host));
    const found = variables.flatMap((_, i) => {
      const right = shared[i];
      if (!right) return [];
      // What names another proxy for the other kind of URL is told of, and mended, apart.
      const apart = variables.filter((_, j) => shared[j] && shared[j].endpoint.key !== right.endpoint.key);
      return differing(named[i] ?? [], right, apart, host);
    });
    // A hop with one wrong proxy for both kinds of URL is told of once.
    const told = new Map<string, Placed>();
    for (const { key, placed } of found) if (!told.has(key)) told.set(key, placed);
    return [...told.values()];
  }),
};

interface Differing {
  /** The same for a hop that names the same wrong proxy for the other kind of URL, where the right one is the same too. */
  readonly key: string;
  readonly placed: Placed;
}

function differing(
  all: readonly Named[],
  right: Named,
  apart: readonly ProxyVariable[],
  host: HostChain,
): readonly Differing[] {
  // Two addresses on which one cntlm listens are one proxy.
  const served = servedBy(right.endpoint, host)?.cntlm;
  return all
    .filter(({ endpoint }) => endpoint.key !== right.endpoint.key)
    .filter(({ endpoint }) => !served || servedBy(endpoint, host)?.cntlm !== served)
    .map((wrong) => {
      const { document, scope } = wrong.first;
      const same = wrong.same.filter(({ assignment: { variable } }) => !variable || !apart.includes(variable));
      return {
        key: `${document.uri} ${scope.id} ${wrong.endpoint.key} ${right.endpoint.key}`,
        placed: report({ ...wrong, same }, right, host),
      };
    });
}

function namedBy(variable: ProxyVariable, host: HostChain): readonly Named[] {
  const { dockerd, runnerService, runners } = host.chain;
  const ofDockerd = (daemonJson: boolean): Environment => ({
    ...dockerd.environment,
    given: dockerd.environment.given.filter(({ scope }) => (scope.kind === "docker-daemon") === daemonJson),
  });
  const named = (who: string, environment: Environment) => nameOf(who, variable, environment, host) ?? [];
  const jobs = runners
    .filter(({ runner }) => usesLocalDocker(runner))
    .flatMap(({ environment }) => named("environment", environment));
  return [
    named("daemon.json", ofDockerd(true)),
    named("dockerd", ofDockerd(false)),
    named("gitlab-runner", runnerService.environment),
    // Runners that differ from one another do so on purpose.
    new Set(jobs.map(({ endpoint }) => endpoint.key)).size === 1 ? jobs : [],
  ].flat();
}

function nameOf(who: string, variable: ProxyVariable, environment: Environment, host: HostChain): Named | undefined {
  const given = meantFor(variable, environment);
  const first = given.at(-1);
  if (!first || first.assignment.external || first.overridable) return undefined;
  const endpoint = endpointOf(first.assignment.value, first.scope.container, host);
  if (!endpoint?.http || isOwnWay(endpoint, host)) return undefined;
  // A port of this host that no cntlm serves is told of as such.
  if (endpoint.local && host.chain.cntlms.length > 0 && !meantCntlm(endpoint, host)) return undefined;
  const isSame = (one: Given) => one.scope === first.scope && keyOf(one, host) === endpoint.key;
  // Of two letter cases that differ another rule tells.
  if (!given.every((one) => one.scope !== first.scope || isSame(one))) return undefined;
  const addresses = environment.given.filter(({ assignment: { variable: own } }) => own && holdsAddress(own));
  return { who, first, same: addresses.filter(isSame), endpoint };
}

function keyOf({ assignment, scope }: Given, host: HostChain): string | undefined {
  return endpointOf(assignment.value, scope.container, host)?.key;
}

/** The proxy behind cntlm, addressed with an account of its own: another way to the same proxy, and a deliberate one. */
function isOwnWay({ credentials, host: name, port }: ProxyEndpoint, { chain }: HostChain): boolean {
  if (!credentials) return false;
  return chain.cntlms.some(({ parents }) => parents.some((parent) => parent.host === name && parent.port === port));
}

/** The one that the others should name as well: the host's cntlm, or else what most hops name; of two, the earlier hop's. */
function sharedProxy(all: readonly Named[], host: HostChain): Named | undefined {
  const local = all.find(({ endpoint }) => meantCntlm(endpoint, host));
  if (local) return local;
  const counts = new Map<string, number>();
  for (const { endpoint } of all) counts.set(endpoint.key, (counts.get(endpoint.key) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return all.find(({ endpoint }) => counts.get(endpoint.key) === most);
}

function report({ who, first, same, endpoint }: Named, right: Named, host: HostChain): Placed {
  const marked = (same[0] ?? first).assignment.value;
  const other = right.first;
  const fix = sameProxy(same, right, host);
  return {
    document: first.document,
    span: marked.toSource(placeOf(endpointOf(marked, first.scope.container, host) ?? endpoint)),
    message: msg(
      "{0} names the proxy {1}, {2} names {3}: they should share one.",
      who,
      endpoint.text,
      right.who,
      right.endpoint.text,
    ),
    ...(fix && { fixes: [fix] }),
    related: [
      {
        uri: other.document.uri,
        span: other.assignment.value.toSource(placeOf(right.endpoint)),
        message: msg("The other proxy."),
      },
    ],
  };
}

function placeOf({ hostSpan, portSpan }: ProxyEndpoint) {
  return { start: hostSpan.start, end: portSpan?.end ?? hostSpan.end };
}

/** The other's host and port in every assignment of the hop; an account in the address stays. */
function sameProxy(given: readonly Given[], { endpoint }: Named, host: HostChain): ReportedFix | undefined {
  const edits: TextEdit[] = [];
  let text = endpoint.text;
  for (const { assignment, scope } of given) {
    const own = endpointOf(assignment.value, scope.container, host);
    if (!own) return undefined;
    if (endpoint.local && scope.container !== false) text = `${host.docker0[0] ?? endpoint.host}:${endpoint.port}`;
    const added = assignment.value.replace(placeOf(own), text);
    if (!added) return undefined;
    edits.push(...added);
  }
  return { title: msg("Write {0} here too", text), edits, safe: false };
}
