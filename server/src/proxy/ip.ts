/** An IP address: 4 or 16 bytes. An IPv4 address inside IPv6 (`::ffff:10.1.2.3`) keeps its 16. */
export type IpAddress = readonly number[];

/** A CIDR block: its address as written, host bits and all, and how many bits count. */
export interface CidrBlock {
  readonly address: IpAddress;
  readonly bits: number;
}

const octet = /^(?:0|[1-9]\d{0,2})$/;

/** Four decimal numbers without leading zeros, as inet_pton(3) and Go take them. */
export function parseIpv4(text: string): IpAddress | undefined {
  if (text.length > 15) return undefined;
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes = parts.map((part) => (octet.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

/** An IPv6 address without brackets and without a zone, as inet_pton(3) takes it. */
export function parseIpv6(text: string): IpAddress | undefined {
  if (text.length > 45 || !text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => groups(half));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 && !text.startsWith(":") ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  // Dotted numbers stand at the very end alone.
  if ((halves[0] ?? "").includes(".")) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

function groups(half: string): number[] | undefined {
  if (half === "") return [];
  const bytes: number[] = [];
  const parts = half.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 255);
    } else {
      const dotted = index === parts.length - 1 ? parseIpv4(part) : undefined;
      if (dotted === undefined) return undefined;
      bytes.push(...dotted);
    }
  }
  return bytes;
}

/** An address of either kind, without brackets. */
export function parseIp(text: string): IpAddress | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

/** `address/bits`, the bits in decimal; host bits may be set. */
export function parseCidr(text: string): CidrBlock | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,4}$/.test(bits)) return undefined;
  return Number(bits) <= address.length * 8 ? { address, bits: Number(bits) } : undefined;
}

/** The four bytes of an IPv4 address that is written as IPv6; other addresses as they are. */
export function unmapped(ip: IpAddress): IpAddress {
  return isMapped(ip) ? ip.slice(12) : ip;
}

function isMapped(ip: IpAddress): boolean {
  return ip.length === 16 && ip.every((byte, index) => index >= 12 || byte === (index >= 10 ? 255 : 0));
}

/** Whether the first `bits` of two addresses of one kind are the same. */
export function samePrefix(a: IpAddress, b: IpAddress, bits: number): boolean {
  return (
    a.length === b.length &&
    a.every((byte, index) => {
      const counted = Math.min(Math.max(bits - index * 8, 0), 8);
      return byte >> (8 - counted) === (b[index] ?? 0) >> (8 - counted);
    })
  );
}

/** Whether the block holds the address; an IPv4 address inside IPv6 counts as IPv4, as in Go. */
export function contains({ address, bits }: CidrBlock, ip: IpAddress): boolean {
  const network = bits >= 96 ? unmapped(address) : address;
  return samePrefix(network, unmapped(ip), network.length === address.length ? bits : bits - 96);
}

/** The short form of RFC 5952. With `dotted`, an IPv4 address inside it ends in dotted numbers, as inet_ntop(3) has it. */
export function formatIpv6(ip: IpAddress, dotted = false): string {
  if (dotted && isMapped(ip)) return `::ffff:${ip.slice(12).join(".")}`;
  const words = Array.from({ length: 8 }, (_, index) => ((ip[index * 2] ?? 0) << 8) | (ip[index * 2 + 1] ?? 0));
  let best = { start: 8, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = words.map((word) => word.toString(16));
  if (best.start === 8) return hex.join(":");
  return `${hex.slice(0, best.start).join(":")}::${hex.slice(best.start + best.length).join(":")}`;
}
