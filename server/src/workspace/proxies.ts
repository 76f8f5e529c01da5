import { parseAddress, portOf } from "../proxy/address.js";
import { bareHost, isLoopback, isUnspecified } from "../proxy/host.js";
import { formatIpv6, parseIpv6 } from "../proxy/ip.js";
import { placeholdersIn } from "../proxy/placeholder.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import type { Chain } from "./chain.js";
import type { Cntlm, CntlmPlace } from "./cntlm.js";

/** A proxy as an address names it, decoded: without scheme, credentials and what follows the port. */
export interface ProxyEndpoint {
  readonly host: string;
  readonly port: number;
  /** It is this host, by whichever of its addresses. */
  readonly local: boolean;
  /** The same for all addresses of one proxy. */
  readonly key: string;
  /** Host and port as written, for people. */
  readonly text: string;
  /** Of the host with its brackets, if it has any, and of the port, in the value. */
  readonly hostSpan: Span;
  readonly portSpan: Span | undefined;
  readonly credentials: boolean;
  /** Of http, as cntlm and nearly all proxies are; false for SOCKS. */
  readonly http: boolean;
}

/** How this host is named. */
export interface HostNames {
  readonly chain: Chain;
  /** The addresses of docker0, by which containers reach the host: what the settings say, and what the files do. */
  readonly docker0: readonly string[];
}

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  socks5: 1080,
  socks5h: 1080,
  socks4: 1080,
};

/**
 * The proxy that an address names; undefined where it is not known, or not an address.
 * @param container whether 127.0.0.1 is the container of the one who reads the address
 */
export function endpointOf(
  value: MappedText,
  container: boolean | undefined,
  names: HostNames,
): ProxyEndpoint | undefined {
  const address = parseAddress(value.text);
  const { host, scheme, port, credentials } = address;
  if (!host || address.template) return undefined;
  const end = port?.end ?? host.end;
  const place = { start: host.start, end };
  if (value.hasUnknown(place) || address.problems.some(({ kind }) => kind === "bad-host" || kind === "bad-port"))
    return undefined;
  if (placeholdersIn(value.text).some((found) => found.start < end && host.start < found.end)) return undefined;
  const number = portOf(address) ?? (port ? undefined : (defaultPorts[scheme ?? "http"] ?? 80));
  if (number === undefined) return undefined;
  const ip = parseIpv6(host.text);
  const bare = ip ? formatIpv6(ip) : bareHost(host.text);
  const bracketed = value.text[host.start - 1] === "[" && value.text[host.end] === "]";
  // In a container it is the container, which proxy-loopback-in-container tells.
  if (isLoopback(bare) && container !== false) return undefined;
  const local = isLocal(bare, names);
  return {
    host: bare,
    port: number,
    local,
    key: local ? `localhost:${number}` : `${bare}:${number}`,
    text: `${bracketed ? `[${host.text}]` : host.text}:${number}`,
    hostSpan: bracketed ? { start: host.start - 1, end: host.end + 1 } : { start: host.start, end: host.end },
    portSpan: port && { start: port.start, end: port.end },
    credentials: credentials !== undefined,
    http: scheme === undefined || /^https?$/.test(scheme),
  };
}

function isLocal(host: string, { chain, docker0 }: HostNames): boolean {
  if (isLoopback(host) || isUnspecified(host) || docker0.includes(host)) return true;
  return chain.cntlms.some(({ listens }) => listens.some((listen) => listen.host === host));
}

/** The cntlm that listens where the address points, and on which of its lines. */
export function servedBy(
  { host, port, local }: ProxyEndpoint,
  { chain }: HostNames,
): { readonly cntlm: Cntlm; readonly listen: CntlmPlace } | undefined {
  if (!local) return undefined;
  for (const cntlm of chain.cntlms) {
    const listen = cntlm.listens.find((one) => {
      if (one.port !== port || isIpv6(host) !== isIpv6(one.host)) return false;
      return isUnspecified(one.host) || one.host === host || (isLoopback(one.host) && isLoopback(host));
    });
    if (listen) return { cntlm, listen };
  }
  return undefined;
}

/** A name stands for an IPv4 address, or for both. */
function isIpv6(host: string): boolean {
  return host.includes(":");
}

/** The cntlm that an address means: it serves it, or listens on that port by another address of the host. */
export function meantCntlm(endpoint: ProxyEndpoint, { chain }: HostNames): Cntlm | undefined {
  if (!endpoint.local) return undefined;
  return chain.cntlms.find(({ listens }) => listens.some(({ port }) => port === endpoint.port));
}
