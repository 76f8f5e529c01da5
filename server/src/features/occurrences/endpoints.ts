import { proxyPlaces } from "../../rules/support/addresses.js";
import { scriptAssignments } from "../../shell/facts/assignments.js";
import { gitConfigs } from "../../shell/facts/git-config.js";
import { programProxies } from "../../shell/facts/package-proxies.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { endpointOf, type ProxyEndpoint } from "../../workspace/proxies.js";
import { embeddedProxies } from "../embedded/embedded-json.js";
import type { Host } from "./host.js";
import { distinct, inOrder, type Occurrence } from "./occurrence.js";

/** An address of a proxy, with or without its host, where a file names it. */
export interface EndpointOccurrence extends Occurrence {
  /** The same for all addresses of one proxy: the host's own by port alone. */
  readonly key: string;
  /** In lower case, without brackets; undefined where a Listen names a port alone. */
  readonly host: string | undefined;
  readonly port: number;
  /** It is this host, by whichever of its addresses. */
  readonly local: boolean;
  /** The text that the parts stand in, decoded. */
  readonly value: MappedText;
  /** Of {@link value}, with the brackets of IPv6. */
  readonly hostSpan: Span | undefined;
  /** Of {@link value}; undefined where the scheme implies the port. */
  readonly portSpan: Span | undefined;
  /** undefined where a Listen names a port alone. */
  readonly proxy: ProxyEndpoint | undefined;
}

const known = new WeakMap<
  readonly Document[],
  { readonly names: string; readonly found: readonly EndpointOccurrence[] }
>();

/** Every address of a proxy in the files of a host, as far as it is known. */
export function endpoints(host: Host): readonly EndpointOccurrence[] {
  const names = host.docker0.join();
  let entry = known.get(host.documents);
  if (entry?.names !== names) {
    entry = { names, found: find(host) };
    known.set(host.documents, entry);
  }
  return entry.found;
}

function find(host: Host): readonly EndpointOccurrence[] {
  const sure = host.documents.map((document) => [...inDocument(document, host)]);
  const keys = new Set(sure.flat().map(({ key }) => key));
  const found = host.documents.map((document, index) => {
    const further = [...inOtherVariables(document, host)].filter(({ key }) => keys.has(key));
    return inOrder([...(sure[index] ?? []), ...further]);
  });
  return distinct(found.flat());
}

/** A variable of any name may hold the address and be used for another: `HTTP_PROXY: $CORP_PROXY`. */
function* inOtherVariables(document: Document, host: Host): Generator<EndpointOccurrence> {
  const { scopes, scripts } = document.settings;
  const inScripts = scripts.map((script) => ({
    container: script.scope?.container,
    assignments: script.repeated ? [] : scriptAssignments(script).assignments,
  }));
  for (const { container, assignments } of [...scopes, ...inScripts]) {
    for (const { variable, value } of assignments) {
      if (!variable && /^(?:https?:\/\/)?[^\s/,]+:\d+\/?$/.test(value.text))
        yield* use(document, value, container, host);
    }
  }
}

function* inDocument(document: Document, host: Host): Generator<EndpointOccurrence> {
  const { settings } = document;
  for (const { value, scope } of proxyPlaces(settings)) yield* use(document, value, scope.container, host);
  for (const script of settings.scripts) {
    if (script.repeated) continue;
    const container = script.scope?.container;
    for (const { name, value } of gitConfigs(script)) {
      if (value && /^https?\.(?:.*\.)?proxy$/.test(name)) yield* use(document, value, container, host);
    }
    for (const { value } of programProxies(script)) yield* use(document, value, container, host);
  }
  for (const value of embeddedProxies(document)) yield* use(document, value, true, host);
  for (const address of settings.addresses) {
    const served = address.role === "listen";
    if (served && address.port !== undefined && !address.value.text.includes(":")) {
      yield* bareListen(document, address.value, address.port, host);
    } else yield* use(document, address.value, false, host, served);
  }
}

function* use(
  document: Document,
  value: MappedText,
  container: boolean | undefined,
  host: Host,
  definition = false,
): Generator<EndpointOccurrence> {
  const found = endpointOf(value, container, host);
  if (!found) return;
  const { key, port, local, hostSpan, portSpan } = found;
  const span = value.toSource({ start: hostSpan.start, end: portSpan?.end ?? hostSpan.end });
  yield { document, span, definition, key, host: found.host, port, local, value, hostSpan, portSpan, proxy: found };
}

function* bareListen(document: Document, value: MappedText, port: number, names: Host): Generator<EndpointOccurrence> {
  const start = value.text.search(/\d/);
  if (start < 0 || value.hasUnknown()) return;
  const portSpan = { start, end: start + (/^\d+/.exec(value.text.slice(start))?.[0].length ?? 0) };
  const span = value.toSource(portSpan);
  const key = endpointOf(MappedText.document(`127.0.0.1:${port}`), false, names)?.key;
  if (key === undefined) return;
  const parts = { host: undefined, hostSpan: undefined, portSpan, proxy: undefined };
  yield { document, span, definition: true, key, port, local: true, value, ...parts };
}
