import { type IpAddress, parseIpv4, samePrefix } from "../ip.js";
import { splitAt, trimmed } from "./list.js";
import { isIpv6, type Target } from "./target.js";
import { firstMatch, isBelow, type Verdict, whole } from "./verdict.js";

/** What str.strip() takes off. */
const space =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the separators U+001C to U+001F as blanks.
  /[\t-\r\x1c-\x20\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** urllib (Python 3.11): compares with the host and port as the URL writes them, dots in front of an entry ignored. */
export function urllib(target: Target, list: string): Verdict {
  const host = isIpv6(target) ? `[${target.host}]` : target.host;
  return environment(target.written === undefined ? host : `${host}:${target.written}`, list);
}

function environment(written: string, list: string): Verdict {
  if (list === "*") return whole(list);
  const host = written.toLowerCase();
  const hostOnly = host.replace(/:\d*$/, "");
  return firstMatch(
    splitAt(list, /,/).map((part) => trimmed(list, part.start, part.end, space)),
    (text) => {
      const name = text.toLowerCase().replace(/^\.+/, "");
      if (text === "") return false;
      return isBelow(hostOnly, name) || isBelow(host, name);
    },
  );
}

/**
 * requests (2.28.1): with an IPv4 address, CIDR blocks and equal addresses; with a name, an entry that the name ends in, at a
 * label's boundary or not (`example.com` covers `notexample.com`). What that leaves is up to urllib, which sees no port here.
 */
export function requests(target: Target, list: string): Verdict {
  const host = target.host.toLowerCase();
  const hostWithPort = target.written ? `${host}:${target.written}` : host;
  const ip = target.ip?.length === 4 ? target.ip : undefined;
  const own = firstMatch(splitAt(list, /,/), (part) => {
    const entry = part.replaceAll(" ", "");
    if (entry === "") return false;
    if (ip) return inBlock(entry, ip) ?? entry === host;
    return host.endsWith(entry) || hostWithPort.endsWith(entry);
  });
  return own.direct ? own : environment(host, list);
}

/** undefined where the entry is no CIDR block to requests: 1 to 32 bits after what inet_aton(3) takes. */
function inBlock(entry: string, ip: IpAddress): boolean | undefined {
  const [, address = "", digits = ""] = /^([^/]*)\/\s*\+?(\d{1,3})\s*$/.exec(entry) ?? [];
  const bits = Number(digits);
  const network = inetAton(address);
  return network && bits >= 1 && bits <= 32 ? samePrefix(network, ip, bits) : undefined;
}

/** inet_aton(3) for decimal numbers: of fewer than four, the last one fills the bytes that are left. */
function inetAton(text: string): IpAddress | undefined {
  const full = parseIpv4(text);
  if (full || !/^\d{1,10}(?:\.\d{1,10}){0,2}$/.test(text)) return full;
  const numbers = text.split(".").map(Number);
  const last = numbers.pop() ?? 0;
  const left = 4 - numbers.length;
  if (numbers.some((number) => number > 255) || last >= 256 ** left) return undefined;
  return [
    ...numbers,
    ...Array.from({ length: left }, (_, index) => Math.floor(last / 256 ** (left - 1 - index)) % 256),
  ];
}
