import { isLoopback } from "../host.js";
import { contains, parseCidr, parseIp, samePrefix, unmapped } from "../ip.js";
import { splitAt, trimmed } from "./list.js";
import type { Target } from "./target.js";
import { firstMatch, isBelow, loopback, type Matcher, type Verdict } from "./verdict.js";

/** What unicode.IsSpace calls a space. */
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * Go's net/http (1.19.8), so GitLab Runner and dockerd, and the docker client (28.2.2, built with Go 1.24). Loopback goes direct
 * unasked. Until some Go after 1.19 a name entry is compared with the end of an IP address too (`namesCoverAddresses`).
 */
export function go({ namesCoverAddresses }: { namesCoverAddresses: boolean }): Matcher {
  return (target: Target, list: string): Verdict => {
    // The name is compared as it is: LOCALHOST and localhost. are asked of the proxy.
    if (target.host === "localhost" || (target.ip && isLoopback(target.host))) return loopback;
    const entries = splitAt(list, /,/).map((part) => trimmed(list, part.start, part.end, space));
    const star = entries.find(({ text }) => text === "*");
    if (star) return { direct: true, because: "all", entry: star };
    return firstMatch(entries, (text) => covers(text.toLowerCase(), target, namesCoverAddresses));
  };
}

function covers(entry: string, { host, ip, port }: Target, namesCoverAddresses: boolean): boolean {
  const block = parseCidr(entry);
  if (block) return ip !== undefined && contains(block, ip);
  const split = splitHostPort(entry);
  if (split.host === "" || (split.port !== "" && split.port !== String(port))) return false;
  const address = parseIp(split.host);
  if (address) return ip !== undefined && samePrefix(unmapped(address), unmapped(ip), 128);
  if (ip && !namesCoverAddresses) return false;
  const name = split.host.startsWith("*.") ? split.host.slice(1) : split.host;
  return name.startsWith(".") ? host.toLowerCase().endsWith(name) : isBelow(host.toLowerCase(), name);
}

/** net.SplitHostPort; an entry that it rejects is a host as a whole. */
function splitHostPort(entry: string): { host: string; port: string } {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry);
  return match ? { host: match[1] ?? match[2] ?? "", port: match[3] ?? "" } : { host: entry, port: "" };
}
