import { isLoopback } from "../host.js";
import { type IpAddress, parseIp, parseIpv4, samePrefix } from "../ip.js";
import type { ListPart } from "./list.js";
import type { Target } from "./target.js";
import { firstMatch, isBelow, loopback, type Verdict } from "./verdict.js";

/**
 * Ruby's URI#find_proxy (3.1.2): commas, blanks and colons end an entry, digits after a colon are its port. It looks the host up
 * and then judges the address too; here a name is taken to have no address but localhost's.
 */
export function ruby(target: Target, list: string): Verdict {
  const host = target.host.toLowerCase();
  if (host === "localhost" || (target.ip && isLoopback(host))) return loopback;
  const covers = (entry: string) => {
    const name = entry.toLowerCase();
    if (name.startsWith(".") ? host.endsWith(name) : isBelow(host, name)) return true;
    return target.ip !== undefined && inBlock(entry, target.ip);
  };
  return firstMatch(parts(list, target.port), covers);
}

function* parts(list: string, port: number): Generator<ListPart> {
  for (const match of list.matchAll(/([^:, \t\r\n\f\v]+)(?::(\d+))?/g)) {
    const [whole, text = "", digits] = match;
    if (digits !== undefined && Number(digits) !== port) continue;
    yield { text, start: match.index, end: match.index + whole.length };
  }
}

/** IPAddr: an address alone, or with bits or a dotted mask. */
function inBlock(entry: string, ip: IpAddress): boolean {
  const slash = entry.indexOf("/");
  const address = parseIp(slash < 0 ? entry : entry.slice(0, slash));
  if (address === undefined) return false;
  const bits = slash < 0 ? address.length * 8 : maskBits(entry.slice(slash + 1));
  return bits !== undefined && bits <= address.length * 8 && samePrefix(address, ip, bits);
}

function maskBits(mask: string): number | undefined {
  if (/^(?:0|[1-9]\d{0,2})$/.test(mask)) return Number(mask);
  const binary = parseIpv4(mask)
    ?.map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return binary !== undefined && /^1*0*$/.test(binary) ? binary.lastIndexOf("1") + 1 : undefined;
}
