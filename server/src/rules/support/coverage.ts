import { type BypassEntry, parseBypassList } from "../../proxy/bypass/entry.js";
import { type CidrBlock, contains, type IpAddress, parseCidr, parseIp } from "../../proxy/ip.js";

/** Enough for any list that a person wrote: each entry is looked for in each other list. */
const mostEntries = 300;

/**
 * What a bypass list covers, for a comparison with another list. As in Go a name covers what is below it; whether `.example.com`
 * covers example.com itself is left open.
 */
export class Coverage {
  readonly entries: readonly BypassEntry[];
  private readonly all: boolean;
  private readonly names = new Set<string>();
  private readonly addresses: IpAddress[] = [];
  private readonly blocks: CidrBlock[] = [];

  constructor(list: string) {
    this.entries = parseBypassList(list).slice(0, mostEntries);
    this.all = this.entries.some(({ kind, port }) => kind === "all" && port === undefined);
    for (const entry of this.entries) {
      const address = parseIp(entry.host);
      const block = parseCidr(entry.host);
      if (block) this.blocks.push(block);
      else if (address) this.addresses.push(address);
      else this.names.add(withPort(domainOf(entry), entry.port));
    }
  }

  covers(entry: BypassEntry): boolean {
    if (this.all) return true;
    const block = parseCidr(entry.host);
    if (block) return this.touches(block);
    const address = parseIp(entry.host);
    if (address) return this.hasAddress(address);
    const domain = domainOf(entry);
    for (let at = 0; at >= 0; at = domain.indexOf(".", at) + 1 || -1) {
      const above = domain.slice(at);
      if (this.names.has(above) || this.names.has(withPort(above, entry.port))) return true;
    }
    return false;
  }

  private hasAddress(address: IpAddress): boolean {
    return (
      this.addresses.some((own) => own.join() === address.join()) || this.blocks.some((own) => contains(own, address))
    );
  }

  /** Tools that know no CIDR are given the addresses one by one: a list that names some of the block has thought of it. */
  private touches(block: CidrBlock): boolean {
    return (
      this.addresses.some((own) => contains(block, own)) ||
      this.blocks.some((own) => contains(block, own.address) || contains(own, block.address))
    );
  }
}

/** `*.example.com` and `.example.com` without what stands in front. */
function domainOf({ host }: BypassEntry): string {
  return host
    .replace(/^\*?\./, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

function withPort(domain: string, port: number | undefined): string {
  return port === undefined ? domain : `${domain}:${port}`;
}
