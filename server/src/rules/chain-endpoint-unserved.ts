import { mayRunElsewhere } from "../formats/runner-toml/executor.js";
import { isLoopback } from "../proxy/host.js";
import { inheritsFrom } from "../proxy/scopes.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { CntlmPlace } from "../workspace/cntlm.js";
import type { Document } from "../workspace/document.js";
import { endpointOf, type ProxyEndpoint, servedBy } from "../workspace/proxies.js";
import type { ReportedFix, Rule } from "./rule.js";
import { type ProxyPlace, proxyPlaces } from "./support/addresses.js";
import { checkOnChain, type HostChain, type Placed } from "./support/host-chain.js";

export const chainEndpointUnserved: Rule = {
  id: "chain-endpoint-unserved",
  severity: "error",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "The address of a proxy on this host where its cntlm does not listen." },
  host: true,
  check: checkOnChain((host) => {
    const { cntlms } = host.chain;
    // Where something is not known of what is served, anything may be.
    if (cntlms.length === 0 || cntlms.some(({ known, listens }) => !known || listens.length === 0)) return [];
    const listens = cntlms.flatMap(({ document, listens: own }) =>
      own.map((listen) => ({ ...listen, uri: document.uri })),
    );
    return host.documents.flatMap((document) =>
      proxyPlaces(document.settings).flatMap((place) => judge(document, place, host, listens) ?? []),
    );
  }),
};

interface Listen extends CntlmPlace {
  readonly uri: string;
}

/** How many addresses of cntlm a finding names. */
const shown = 4;

function judge(
  document: Document,
  { scope, value }: ProxyPlace,
  host: HostChain,
  listens: readonly Listen[],
): Placed | undefined {
  const elsewhere = host.chain.runners.some(
    (runner) =>
      runner.document === document &&
      (runner.scope.id === scope.id || inheritsFrom(scope, runner.scope)) &&
      mayRunElsewhere(runner.runner),
  );
  if (elsewhere) return undefined;
  const endpoint = endpointOf(value, scope.container, host);
  if (!endpoint?.local || !endpoint.http || servedBy(endpoint, host)) return undefined;
  const samePort = listens.filter(({ port }) => port === endpoint.port);
  // That containers cannot reach it is told in cntlm.conf, where it is mended.
  if (samePort.some((listen) => isLoopback(listen.host) && !isLoopback(endpoint.host))) return undefined;
  const near = samePort.find((listen) => isLoopback(listen.host) === isLoopback(endpoint.host)) ?? samePort[0];
  const fix = near ? otherHost(value, endpoint, near.host) : otherPort(value, endpoint, listens);
  const named = listens.slice(0, shown);
  return {
    document,
    span: value.toSource({ start: endpoint.hostSpan.start, end: endpoint.portSpan?.end ?? endpoint.hostSpan.end }),
    message: msg(
      "Nothing serves {0}: cntlm of this host listens on {1}.",
      endpoint.text,
      named.map((listen) => `${listen.host}:${listen.port}`).join(", "),
    ),
    ...(fix && { fixes: [fix] }),
    related: named.map(({ uri, span }) => ({ uri, span, message: msg("What cntlm serves.") })),
  };
}

function otherHost(value: MappedText, { hostSpan }: ProxyEndpoint, host: string): ReportedFix | undefined {
  const edits = value.replace(hostSpan, host);
  return edits && { title: msg("Write {0}, where cntlm listens", host), edits, safe: false };
}

function otherPort(
  value: MappedText,
  { portSpan, hostSpan }: ProxyEndpoint,
  listens: readonly { readonly port: number }[],
): ReportedFix | undefined {
  const [port, another] = new Set(listens.map((listen) => String(listen.port)));
  if (port === undefined || another !== undefined) return undefined;
  const edits = portSpan
    ? value.replace(portSpan, port)
    : value.replace({ start: hostSpan.end, end: hostSpan.end }, `:${port}`);
  return edits && { title: msg("Write port {0}, where cntlm listens", port), edits, safe: false };
}
