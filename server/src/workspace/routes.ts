import { parseAddress } from "../proxy/address.js";
import { parseTarget, type Target } from "../proxy/bypass/target.js";
import { type ClientName, clients } from "../proxy/clients.js";
import { explain } from "../proxy/explain.js";
import { addressOutcome } from "../proxy/outcome.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Chain } from "./chain.js";
import { bypassedBy } from "./cntlm.js";
import type { Document } from "./document.js";
import { type Environment, type Given, readBy } from "./environment.js";
import { gitProxyFor } from "./git-proxy.js";
import type { Hop, Place } from "./hops.js";
import type { GitProxy } from "./script-effects.js";
import { asWritten, placeIn, resolve, saidBy } from "./values.js";

/** Which way a request takes from a hop, and because of what. */
export interface Route {
  readonly hop: Hop;
  readonly client: ClientName | "cntlm";
  readonly via: "proxy" | "direct" | "unknown";
  /** The address as it is set, with whatever credentials it has. */
  readonly proxy?: string;
  readonly because: Message;
  readonly place?: Place;
}

/** Which routes are wanted; all where nothing is said. */
export interface RouteFilter {
  /** A hop's id or its kind. */
  readonly from?: string | undefined;
  readonly client?: ClientName | undefined;
}

type Answer = Omit<Route, "hop" | "client">;

/** The routes of a request, for each hop and each client there. */
export function routesOf(chain: Chain, url: string, { from, client }: RouteFilter = {}): readonly Route[] {
  const target = parseTarget(url);
  return chain.hops
    .filter((hop) => from === undefined || hop.id === from || hop.kind === from)
    .flatMap((hop): readonly Route[] => {
      if (hop.kind === "cntlm") return client === undefined ? cntlmRoutes(chain, hop, target) : [];
      const asked = hop.clients.filter((name) => (client === undefined ? isUsual(name, url) : name === client));
      return asked.map((name) => ({ hop, client: name, ...routeOf(url, target, hop, name) }));
    });
}

/** The docker client speaks to its daemon alone, and nothing else does by tcp:// (a DOCKER_HOST). */
function isUsual(client: ClientName, url: string): boolean {
  return (client === "docker") === /^tcp:/i.test(url);
}

function routeOf(url: string, target: Target | undefined, hop: Hop, client: ClientName): Answer {
  const { label } = clients[client];
  if (!target) return unknown(msg("The address is not a URL of http or https with an ASCII host."), hop.place);
  const environment = (client === "git" && hop.gitEnvironment) || hop.environment;
  const own = client === "git" ? gitProxyFor(url, target, hop.gitProxies ?? []) : undefined;
  if (own === "unknown") return unknown(msg("For which URLs git has a proxy of its own is not known."), hop.place);
  const found = own ? ofGit(own, environment) : proxyOf(environment, client, target.scheme);
  if (!found) return withoutProxy(environment, client, target, hop.place);
  const place = { document: found.document, span: found.span };
  if (found.conditional) return unknown(msg("A script sets {0} on a condition.", found.name), place);
  if (found.overridable) return unknown(found.overridable, place);
  const { value } = found;
  if (value === undefined) return unknown(msg("The value of {0} is given from outside.", found.name), place);
  const proxy = value.trim();
  if (own && proxy === "") return direct(msg("{0} is empty: git takes no proxy.", found.name), place);
  const address = parseAddress(proxy);
  const outcome = addressOutcome(client, address);
  if (!address.host || address.template || outcome === "failed")
    return unknown(msg("{0} fails with this address of a proxy.", label), place);
  if (outcome === "direct") return direct(msg("{0} does not take this address of a proxy.", label), place);
  return throughList(url, environment, client, proxy, place);
}

/** The client has a proxy: its bypass list decides. */
function throughList(url: string, environment: Environment, client: ClientName, proxy: string, place: Place): Answer {
  const list = readBy(client, "noProxy", environment);
  if (!list && environment.open) return unknown(environment.open, place);
  const resolved = list && saidBy(list, environment);
  const said = resolved ?? (list && asWritten(list));
  const { via, because, entry } = explain(url, client, said?.text ?? "");
  // What a client never sends to a proxy needs no list.
  if (via === "direct" && !entry) return direct(because, place);
  if (list && !isSure(list, resolved !== undefined, entry)) {
    const at = { document: list.document, span: list.assignment.span };
    return unknown(list.overridable ?? msg("The value of {0} is given from outside.", list.assignment.name.text), at);
  }
  if (entry && said) return direct(because, placeIn(said, entry));
  return via === "proxy" ? { via, proxy, because, place } : unknown(because, place);
}

/** What one known entry covers, no unknown one takes back. */
function isSure({ conditional, overridable, assignment }: Given, known: boolean, entry: Span | undefined): boolean {
  if (conditional || overridable) return false;
  return known || (entry !== undefined && !assignment.external && !assignment.value.hasUnknown(entry));
}

interface Found {
  readonly document: Document;
  readonly span: Span;
  readonly name: string;
  /** undefined where the files do not say it. */
  readonly value: string | undefined;
  readonly conditional: boolean;
  readonly overridable?: Message | undefined;
}

function ofGit({ document, key, value, conditional }: GitProxy, environment: Environment): Found {
  const said = resolve({ document, value }, environment);
  return { document, span: value.contentSpan, name: key.text, value: said?.text, conditional };
}

function proxyOf(environment: Environment, client: ClientName, use: "http" | "https"): Found | undefined {
  const given = readBy(client, use, environment);
  if (!given) return undefined;
  const { document, assignment, conditional = false, overridable } = given;
  const value = saidBy(given, environment)?.text;
  return { document, span: assignment.span, name: assignment.name.text, value, conditional, overridable };
}

function withoutProxy(
  environment: Environment,
  client: ClientName,
  { scheme }: Target,
  place: Place | undefined,
): Answer {
  const { label, variables } = clients[client];
  const dropped = environment.given.findLast(
    ({ names, assignment }) => assignment.dropped && names.some((name) => variables[scheme].includes(name)),
  );
  if (dropped) {
    const { document, assignment } = dropped;
    const at = { document, span: assignment.span };
    return environment.open
      ? unknown(environment.open, at)
      : direct(
          document.format.id === "systemd-dropin"
            ? msg("systemd drops {0} as it is written here.", assignment.name.text)
            : msg("{0} is not set as it is written here.", assignment.name.text),
          at,
        );
  }
  if (environment.open) return unknown(environment.open, place);
  return direct(msg("No proxy for {0} URLs is set for {1}.", `${scheme}://`, label), place);
}

function cntlmRoutes(chain: Chain, hop: Hop, target: Target | undefined): readonly Route[] {
  const cntlm = chain.cntlms.find(({ document }) => document === hop.place?.document);
  if (!cntlm || !target) return [];
  const { document } = cntlm;
  const entry = bypassedBy(cntlm, target.host);
  const [parent, ...others] = cntlm.parents;
  const answer = (): Answer => {
    if (entry === "unknown") return unknown(msg("What NoProxy of cntlm matches is not known in full."), hop.place);
    if (entry) {
      const because = msg("For cntlm, the entry {0} covers {1}.", entry.pattern, target.host);
      return direct(because, { document, span: entry.span });
    }
    if (!parent) return unknown(msg("No parent proxy of cntlm is known."), hop.place);
    const because =
      others.length === 0
        ? msg("For cntlm, no entry of NoProxy covers {0}.", target.host)
        : msg(
            "For cntlm, no entry of NoProxy covers {0}; where this parent fails, it goes on with {1}.",
            target.host,
            others.map(({ host, port }) => `${host}:${port}`).join(", "),
          );
    return { via: "proxy", proxy: `${parent.host}:${parent.port}`, because, place: { document, span: parent.span } };
  };
  return [{ hop, client: "cntlm", ...answer() }];
}

function direct(because: Message, place: Place | undefined): Answer {
  return { via: "direct", because, ...(place && { place }) };
}

function unknown(because: Message, place: Place | undefined): Answer {
  return { via: "unknown", because, ...(place && { place }) };
}
