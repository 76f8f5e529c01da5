import { formatIpv6, type IpAddress, parseIp, parseIpv4, parseIpv6 } from "../ip.js";

/** Where a request goes, as far as bypass lists look at it. */
export interface Target {
  readonly scheme: "http" | "https";
  /** As the URL writes it, without brackets. */
  readonly host: string;
  /** The address, where the host is one. */
  readonly ip?: IpAddress;
  readonly port: number;
  /** The port as the URL writes it; undefined where it leaves it out. */
  readonly written?: number;
}

const authority = /^(https?|tcp):\/\/(?:[^/?#]*@)?(\[[^\]/?#@]*\]|[^:[\]/?#@\s]+)(?::(\d{0,5}))?(?:[/?#]|$)/i;
const defaultPorts = { http: 80, https: 443, tcp: 2375 };

/**
 * Reads a URL of http or https, or a DOCKER_HOST of tcp (plain HTTP, port 2375 if it names none). undefined for anything else,
 * for a host that is not ASCII (clients encode such names differently) and for a port beyond 65535.
 */
export function parseTarget(url: string): Target | undefined {
  const [, name = "", bracketed = "", digits = ""] = authority.exec(url) ?? [];
  const scheme = name.toLowerCase();
  if (scheme !== "http" && scheme !== "https" && scheme !== "tcp") return undefined;
  const host = bracketed.startsWith("[") ? bracketed.slice(1, -1) : bracketed;
  const ip = bracketed.startsWith("[") ? parseIpv6(host) : parseIpv4(host);
  if (/[^\x21-\x7e]/.test(host) || (bracketed.startsWith("[") && ip === undefined)) return undefined;
  const written = digits === "" ? undefined : Number(digits);
  if (written !== undefined && written > 65_535) return undefined;
  return {
    scheme: scheme === "tcp" ? "http" : scheme,
    host,
    ...(ip && { ip }),
    port: written ?? defaultPorts[scheme],
    ...(written !== undefined && { written }),
  };
}

/** The host in lower case; an IPv6 address in its short form, as clients have it that normalise URLs. */
export function normalHost({ host, ip }: Target, dotted = false): string {
  return ip?.length === 16 ? formatIpv6(ip, dotted) : host.toLowerCase();
}

/** Whether the host is an IPv6 address. */
export function isIpv6({ host }: Target): boolean {
  return host.includes(":") && parseIp(host) !== undefined;
}
