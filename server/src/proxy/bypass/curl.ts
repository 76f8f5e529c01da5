import { type IpAddress, parseIpv4, samePrefix } from "../ip.js";
import { splitAt } from "./list.js";
import { normalHost, type Target } from "./target.js";
import { firstMatch, isBelow, type Verdict, whole } from "./verdict.js";

/**
 * curl and git, which leaves it to libcurl (7.88.1). Commas and blanks separate; ports are not understood. The host of a URL
 * with an IPv6 address is compared as a name, so that its CIDR blocks never match.
 */
export function curl(target: Target, list: string): Verdict {
  if (list === "*") return whole(list);
  const host = withoutFinalDot(normalHost(target, true));
  const { ip } = target;
  const matches = ip?.length === 4 ? (text: string) => coversIpv4(text, ip) : (text: string) => coversName(text, host);
  return firstMatch(splitAt(list, /[, \t]/), matches);
}

function coversName(text: string, host: string): boolean {
  const domain = withoutFinalDot(text.toLowerCase()).replace(/^\./, "");
  return domain !== "" && isBelow(host, domain);
}

function coversIpv4(text: string, ip: IpAddress): boolean {
  const slash = text.indexOf("/");
  const network = parseIpv4(slash < 0 ? text : text.slice(0, slash));
  if (network === undefined) return false;
  // atoi(3): what follows the digits is ignored, and no digits are 0; 0 bits compare the whole address.
  const bits = slash < 0 ? 0 : Number(/^\s*[+-]?\d+/.exec(text.slice(slash + 1))?.[0] ?? 0);
  return bits >= 0 && bits <= 32 && samePrefix(network, ip, bits === 0 ? 32 : bits);
}

function withoutFinalDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}
