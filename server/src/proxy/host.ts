import { type CidrBlock, contains, parseCidr, parseIp } from "./ip.js";

const blocks = (...texts: string[]): CidrBlock[] => texts.flatMap((text) => parseCidr(text) ?? []);
const loopback = blocks("127.0.0.0/8", "::1/128");
const unspecified = blocks("0.0.0.0/32", "::/128");
// RFC 1918, RFC 4193, and link-local of RFC 3927 and RFC 4291.
const privateBlocks = blocks(
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
);

/**
 * Suffixes that no public name has: .internal and .home.arpa are reserved for private use (ICANN 2024, RFC 8375), .local is
 * multicast DNS (RFC 6762), and the rest stand in RFC 6762, appendix G, as what private networks use. The names for tests and
 * examples of RFC 2606 are not among them: they say nothing of a network.
 */
const privateSuffixes = ["internal", "home.arpa", "local", "intranet", "private", "corp", "home", "lan", "intern"];

/** A host without the brackets of an IPv6 address and without the dot at the end of a full name, in lower case. */
export function bareHost(host: string): string {
  const inner = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  return (inner.endsWith(".") ? inner.slice(0, -1) : inner).toLowerCase();
}

function inAny(host: string, list: readonly CidrBlock[]): boolean {
  const ip = parseIp(bareHost(host));
  return ip !== undefined && list.some((block) => contains(block, ip));
}

/** 127.0.0.0/8, ::1, `localhost` and the names below it. */
export function isLoopback(host: string): boolean {
  const bare = bareHost(host);
  return bare === "localhost" || bare.endsWith(".localhost") || inAny(bare, loopback);
}

/** 0.0.0.0 or ::, which as a place to listen is every interface. */
export function isUnspecified(host: string): boolean {
  return inAny(host, unspecified);
}

/** An IP address, with brackets or without. */
export function isIp(host: string): boolean {
  return parseIp(bareHost(host)) !== undefined;
}

/** An address of a private network or link-local; no name, and not loopback. */
export function isPrivateAddress(host: string): boolean {
  return inAny(host, privateBlocks);
}

/** A name of one label, as services of a job and machines of an office have: `docker`, `gitlab`. Not `localhost`. */
export function isSingleLabel(host: string): boolean {
  const bare = bareHost(host);
  return /^[a-z\d_](?:[a-z\d_-]*[a-z\d_])?$/.test(bare) && bare !== "localhost" && !/^\d+$/.test(bare);
}

/**
 * Whether the host belongs to a private network as far as its name tells: a private address, a name of one label, or a name
 * below a private suffix or below one of `domains` (the setting `internalDomains`: `example.com` or `.example.com`).
 */
export function isPrivateHost(host: string, domains: readonly string[] = []): boolean {
  const bare = bareHost(host);
  const below = (suffix: string) => bare === suffix || bare.endsWith(`.${suffix}`);
  if (isPrivateAddress(bare) || isSingleLabel(bare)) return true;
  return (
    privateSuffixes.some(below) ||
    domains.some((domain) => domain !== "" && below(bareHost(domain.replace(/^\*?\./, ""))))
  );
}
