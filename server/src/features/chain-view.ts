import type { ProxyVariable } from "../proxy/variables.js";
import type { Finding, Range, Service } from "../service.js";
import { type Localize, msg } from "../text/message.js";
import { overlaps, type Span } from "../text/span.js";
import type { Cntlm } from "../workspace/cntlm.js";
import type { Document } from "../workspace/document.js";
import { type Environment, type Given, meantFor } from "../workspace/environment.js";
import type { Hop, HopKind } from "../workspace/hops.js";
import { endpointOf, meantCntlm, type ProxyEndpoint, servedBy } from "../workspace/proxies.js";
import { chainsOf, type HostChain } from "./chains.js";

/** A place in a document. */
export interface ViewLocation {
  readonly uri: string;
  readonly range: Range;
}

/** What is wrong at a hop or a link. */
export interface ViewProblem extends ViewLocation {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly message: string;
}

/** A box of the picture. */
export interface HopView {
  /** Unique in its host. */
  readonly id: string;
  readonly kind: HopKind;
  /** For people, in their language. */
  readonly title: string;
  /**
   * `proxy`: its requests go on to a proxy, or it is one; `direct`: it has none; `unknown`: the files do not say;
   * `broken`: an error or a warning stands at what it is given.
   */
  readonly state: "proxy" | "direct" | "unknown" | "broken";
  readonly location?: ViewLocation;
  readonly problems: readonly ViewProblem[];
}

/** An arrow of the picture. */
export interface LinkView {
  readonly from: string;
  readonly to: string;
  /** Host and port, without credentials. */
  readonly address: string;
  readonly location: ViewLocation;
  /** The worst of what is wrong with the address. */
  readonly problem?: ViewProblem;
  /** Because of it nothing comes through. */
  readonly broken: boolean;
}

/** The chain of a host as data: for a tree, a picture, a text. */
export interface HostView {
  /** The host's root folder with its final `/`, or the folder of files whose paths show no host. */
  readonly folder: string;
  readonly hops: readonly HopView[];
  readonly links: readonly LinkView[];
}

/** All chains of the service's documents. */
export function chainViews(service: Service, localize: Localize): readonly HostView[] {
  return chainsOf(service).map((host) => new ViewBuilder(host, service, localize).build());
}

/** What a hop is called, for people. */
export function hopTitle({ kind, label }: Pick<Hop, "kind" | "label">, localize: Localize): string {
  switch (kind) {
    case "job":
      return localize(msg("Job container {0}", label));
    case "service":
      return localize(msg("Service {0}", label));
    case "helper":
      return localize(msg("Helper container {0}", label));
    case "docker-client":
      return localize(msg("Containers of the docker client ({0})", label));
    case "proxy":
      return localize(msg("Proxy {0}", label));
    case "runner":
      return "gitlab-runner";
    default:
      return kind;
  }
}

class ViewBuilder {
  private readonly proxies = new Map<string, HopView>();
  private readonly links: LinkView[] = [];

  constructor(
    private readonly host: HostChain,
    private readonly service: Service,
    private readonly localize: Localize,
  ) {}

  build(): HostView {
    const hops = this.host.chain.hops.map((hop) => this.hopView(hop));
    return { folder: this.host.folder, hops: [...hops, ...this.proxies.values()], links: this.links };
  }

  private hopView(hop: Hop): HopView {
    const cntlm = this.host.chain.cntlms.find(({ document }) => document === hop.place?.document);
    const links = hop.kind === "cntlm" && cntlm ? this.parentLinks(hop, cntlm) : this.linksOf(hop);
    this.links.push(...links);
    const problems = links.flatMap(({ problem }) => problem ?? []);
    const open = hop.environment.open !== undefined;
    const state = problems.length > 0 ? "broken" : links.length > 0 ? "proxy" : open ? "unknown" : "direct";
    return {
      id: hop.id,
      kind: hop.kind,
      title: hopTitle(hop, this.localize),
      state: hop.kind === "cntlm" && state === "direct" ? "unknown" : state,
      ...(hop.place && { location: locationIn(hop.place.document, hop.place.span) }),
      problems,
    };
  }

  /** One arrow a proxy, at the first assignment that names it. */
  private linksOf(hop: Hop): readonly LinkView[] {
    const links = new Map<string, LinkView>();
    for (const variable of ["http_proxy", "https_proxy"] as const) {
      for (const given of [hop.environment, hop.gitEnvironment].flatMap((one) => (one ? lastFor(variable, one) : []))) {
        const link = this.linkOf(hop, given);
        if (link && !links.get(link.to)?.problem)
          links.set(link.to, { ...(links.get(link.to) ?? link), ...problemOnly(link) });
      }
    }
    for (const { document, value } of hop.gitProxies ?? []) {
      const endpoint = endpointOf(value, hop.container, this.host);
      const link = endpoint && this.linkTo(hop, endpoint, document, value.contentSpan);
      if (link && !links.has(link.to)) links.set(link.to, link);
    }
    return [...links.values()];
  }

  private linkOf(hop: Hop, { document, scope, assignment }: Given): LinkView | undefined {
    const endpoint = endpointOf(assignment.value, scope.container, this.host);
    if (!endpoint) return undefined;
    const link = this.linkTo(hop, endpoint, document, assignment.span);
    if (link.problem || !assignment.dropped) return link;
    // A line beside it may make systemd drop this one.
    const beside = this.problemIn(document, ({ rule }) => rule.startsWith("systemd-") || rule === "environment-entry");
    return beside ? { ...link, problem: beside, broken: true } : link;
  }

  private linkTo(hop: Hop, endpoint: ProxyEndpoint, document: Document, span: Span): LinkView {
    const cntlm = meantCntlm(endpoint, this.host);
    const to = cntlm ? this.idOf(cntlm) : this.proxy(endpoint.key, endpoint.text);
    const link = this.link(hop.id, to, endpoint.text, document, span);
    if (link.problem || !cntlm || servedBy(endpoint, this.host)) return link;
    // What breaks the link may stand where cntlm listens.
    const there = this.problemIn(cntlm.document, ({ rule }) => rule === "cntlm-listen-unreachable");
    return there ? { ...link, problem: there, broken: true } : link;
  }

  private parentLinks(hop: Hop, { document, parents }: Cntlm): readonly LinkView[] {
    return parents.map(({ host, port, span }) => {
      const address = `${host}:${port}`;
      return this.link(hop.id, this.proxy(address, address), address, document, span);
    });
  }

  private link(from: string, to: string, address: string, document: Document, span: Span): LinkView {
    const problem = this.problemAt(document, span);
    const broken =
      problem !== undefined && (problem.severity === "error" || problem.rule.startsWith("chain-endpoint-"));
    return { from, to, address, location: locationIn(document, span), ...(problem && { problem }), broken };
  }

  private problemAt(document: Document, span: Span): ViewProblem | undefined {
    return this.problemIn(document, ({ range }) => overlaps(document.lines.span(range), span));
  }

  /** The worst error or warning of a document that is accepted. */
  private problemIn(document: Document, accepts: (finding: Finding) => boolean): ViewProblem | undefined {
    const found = this.service
      .findings(document.uri)
      .filter((finding) => (finding.severity === "error" || finding.severity === "warning") && accepts(finding))
      .sort((a, b) => rank(a) - rank(b))[0];
    if (!found) return undefined;
    const { uri, range, rule, severity, message } = found;
    return { uri, range, rule, severity, message };
  }

  private idOf(cntlm: Cntlm): string {
    return (
      this.host.chain.hops.find(({ kind, place }) => kind === "cntlm" && place?.document === cntlm.document)?.id ??
      "cntlm"
    );
  }

  private proxy(key: string, label: string): string {
    const id = `proxy:${key}`;
    if (!this.proxies.has(id)) {
      const title = hopTitle({ kind: "proxy", label }, this.localize);
      this.proxies.set(id, { id, kind: "proxy", title, state: "proxy", problems: [] });
    }
    return id;
  }
}

function problemOnly({ problem, location, address, broken }: LinkView): Partial<LinkView> {
  return problem ? { problem, location, address, broken } : {};
}

/** What is given for the variable, and no later assignment of the same name takes the place of. */
function lastFor(variable: ProxyVariable, environment: Environment): readonly Given[] {
  return meantFor(variable, environment).filter((given) =>
    given.names.some((name) => environment.given.findLast(({ names }) => names.includes(name)) === given),
  );
}

/** What the chain says comes first, errors before warnings. */
function rank({ rule, severity }: Finding): number {
  return (rule.startsWith("chain-") ? 0 : 2) + (severity === "error" ? 0 : 1);
}

function locationIn(document: Document, span: Span): ViewLocation {
  return { uri: document.uri, range: document.lines.range(span) };
}
