import type { ProxyAddress } from "../proxy/address.js";
import { bareHost, isLoopback, isUnspecified } from "../proxy/host.js";
import { clientsOf } from "../proxy/readers.js";
import type { CntlmAddress } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { docker0Address } from "../workspace/docker-network.js";
import type { Rule, RuleContext } from "./rule.js";
import { isKnown, proxyPlaces } from "./support/addresses.js";

const defaultPorts: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** What shows that a proxy speaks plain HTTP. */
interface Evidence {
  readonly uri: string;
  readonly span: Span;
  readonly cntlm: boolean;
}

export const proxyHttpsToHttp: Rule = {
  id: "proxy-https-to-http",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "`https://` in front of a proxy that speaks plain HTTP." },
  host: true,
  check(context) {
    let known: Known | undefined;
    for (const place of proxyPlaces(context.settings)) {
      const { address, scope, value } = place;
      const { scheme, host } = address;
      if (scheme !== "https" || !host || !isKnown(place, { start: 0, end: host.start })) continue;
      const start = value.text.toLowerCase().indexOf("https");
      const span = { start, end: start + "https".length };
      context.needsWhole();
      known ??= readKnown(context);
      const evidence = isKnown(place, { start: host.start, end: address.port?.end ?? host.end })
        ? evidenceFor(context, known, address)
        : undefined;
      const edits = value.replace(span, "http");
      context.report({
        span: value.toSource({ start: span.start, end: span.end + "://".length }),
        message: evidence
          ? messageOf(evidence)
          : clientsOf(scope).includes("wget")
            ? msg("https:// is for a proxy that itself speaks TLS, as few do: wget cannot use it at all.")
            : msg("https:// is for a proxy that itself speaks TLS, as few do."),
        ...(!evidence && { severity: "information" as const }),
        ...(evidence && {
          related: [{ uri: evidence.uri, span: evidence.span, message: msg("The proxy that speaks plain HTTP.") }],
        }),
        ...(edits && { fixes: [{ title: msg("Write http://"), edits, safe: evidence !== undefined }] }),
      });
    }
  },
};

function messageOf({ cntlm }: Evidence) {
  return cntlm
    ? msg("cntlm speaks plain HTTP: write http://, for https URLs as well.")
    : msg("The same proxy is addressed with http:// elsewhere: write http://, for https URLs as well.");
}

/** What the files of the host say of proxies that speak plain HTTP. */
interface Known {
  /** By host and port. */
  readonly addressed: ReadonlyMap<string, Evidence>;
  readonly listens: readonly (Pick<CntlmAddress, "host" | "port" | "span"> & { readonly uri: string })[];
}

/** Of two that say the same, the one of the document itself counts. */
function readKnown(context: RuleContext): Known {
  const addressed = new Map<string, Evidence>();
  const listens: Known["listens"][number][] = [];
  for (const { uri, settings } of [context.document, ...context.host]) {
    for (const { address, value, assignment } of proxyPlaces(settings)) {
      const endpoint = endpointOf(address);
      if (address.scheme !== "http" || value.hasUnknown() || addressed.has(endpoint)) continue;
      addressed.set(endpoint, { uri, span: assignment.span, cntlm: false });
    }
    for (const listen of settings.addresses) if (listen.role === "listen") listens.push(placed(listen, uri));
  }
  return { addressed, listens };
}

function placed({ host, port, span }: CntlmAddress, uri: string): Known["listens"][number] {
  return { span, uri, ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
}

/** An address with http:// of the same host and port, or a cntlm of this host that serves it. */
function evidenceFor(context: RuleContext, { addressed, listens }: Known, address: ProxyAddress): Evidence | undefined {
  const sibling = addressed.get(endpointOf(address));
  if (sibling) return sibling;
  const listen = listens.find(({ host, port }) => serves(context, host, port, address));
  return listen && { uri: listen.uri, span: listen.span, cntlm: true };
}

function endpointOf({ scheme, host, port }: ProxyAddress): string {
  return `${bareHost(host?.text ?? "")}:${port?.text ?? defaultPorts[scheme ?? "http"]}`;
}

function serves(
  context: RuleContext,
  host: string | undefined,
  port: number | undefined,
  address: ProxyAddress,
): boolean {
  const named = bareHost(address.host?.text ?? "");
  if (host === undefined || port === undefined || endpointOf(address) !== `${named}:${port}`) return false;
  if (bareHost(host) === named || (isLoopback(host) && isLoopback(named))) return true;
  return isUnspecified(host) && (isLoopback(named) || named === docker0Address(context));
}
