import type { ClientName } from "../clients.js";
import { formatIpv6, type IpAddress, parseCidr } from "../ip.js";
import { type BypassEntry, parseBypassList } from "./entry.js";
import { bypasses } from "./index.js";

/**
 * What a client makes of an entry: it covers all that the entry seems to mean (`honoured`), some of it (`partly`), or nothing
 * (`ignored`); `unknown` for entries that say too little (`empty`, `other`).
 */
export type Honour = "honoured" | "partly" | "ignored" | "unknown";

export interface EntryMeaning {
  readonly honour: Honour;
  /** For an entry with a name: whether the client lets it cover the name itself, and the names below. */
  readonly itself?: boolean;
  readonly below?: boolean;
}

/** What a client makes of an entry where it stands in its list, by asking the client's own rule. */
export function entryMeaning(client: ClientName, entry: BypassEntry): EntryMeaning {
  const probes = probesOf(entry);
  if (probes.meant.length === 0) return { honour: "unknown" };
  const covers = (url: string) => bypasses(client, url, context(entry))?.direct === true;
  const covered = probes.meant.filter(covers).length;
  return {
    honour: covered === probes.meant.length ? "honoured" : covered > 0 ? "partly" : "ignored",
    ...(probes.itself !== undefined && { itself: covers(probes.itself) }),
    ...(probes.below !== undefined && { below: covers(probes.below) }),
  };
}

/** Those of the clients that do not let the entry cover anything that it means. */
export function ignoredBy(entry: BypassEntry, clients: readonly ClientName[]): ClientName[] {
  return clients.filter((client) => entryMeaning(client, entry).honour === "ignored");
}

/** Those that let it cover less than it means, or nothing. */
export function shortIn(entry: BypassEntry, clients: readonly ClientName[]): ClientName[] {
  return clients.filter((client) => ["partly", "ignored"].includes(entryMeaning(client, entry).honour));
}

/** A list in which the entry stands as it does in its own, blanks and all, beside names that nobody requests. */
function context({ raw, first, last }: BypassEntry): string {
  return `${first ? "" : "before.invalid,"}${raw.text}${last ? "" : ",after.invalid"}`;
}

interface Probes {
  /** URLs that the writer wants to bypass the proxy. */
  readonly meant: readonly string[];
  readonly itself?: string;
  readonly below?: string;
}

function probesOf(entry: BypassEntry): Probes {
  const url = (host: string) => urlOf(host, entry.port);
  const { host } = entry;
  switch (entry.kind) {
    case "all":
      return { meant: [url("host.example"), url("192.0.2.1")] };
    case "ipv4":
      return { meant: [url(host)] };
    case "ipv6":
      return { meant: [url(`[${host}]`)] };
    case "cidr4":
    case "cidr6":
      return { meant: [url(insideOf(host))] };
    case "wildcard":
      return { meant: [url(host.replaceAll(/[*?]/g, "1"))] };
    case "suffix":
    case "wildcard-suffix":
      return named(host.replace(/^\*?\.+/, ""), url, false);
    case "name":
      return named(host.replace(/\.$/, ""), url, true);
    case "url":
      return { meant: inner(host, entry.port) };
    case "quoted":
      return { meant: inner(host) };
    case "joined":
      return { meant: (entry.pieces ?? []).flatMap(({ text }) => inner(text)) };
    default:
      return { meant: [] };
  }
}

/** A name of one label means itself; one with dots the names below it too; a suffix those alone. */
function named(name: string, url: (host: string) => string, meansItself: boolean): Probes {
  const itself = url(name);
  const below = url(`sub.${name}`);
  if (!meansItself) return { meant: [below], itself, below };
  return { meant: name.includes(".") ? [itself, below] : [itself], itself, below };
}

/** What the entry inside another means; of pieces inside pieces nothing, so that this goes one level down only. */
function inner(text: string, port?: number): readonly string[] {
  const [entry] = parseBypassList(text);
  if (entry === undefined || ["url", "quoted", "joined"].includes(entry.kind)) return [];
  return probesOf(port === undefined ? entry : { ...entry, port }).meant;
}

function urlOf(host: string, port: number | undefined): string {
  // The scheme's own port goes unnamed in real URLs.
  if (port === undefined || port === 80) return `http://${host}/`;
  return port === 443 ? `https://${host}/` : `http://${host}:${port}/`;
}

/** An address of the block other than the one written, where it has more than one. */
function insideOf(block: string): string {
  const { address, bits } = parseCidr(block) ?? { address: [], bits: 0 };
  const last = address.length - 1;
  const other: IpAddress =
    bits < address.length * 8 ? address.map((byte, index) => (index === last ? byte ^ 1 : byte)) : address;
  return other.length === 4 ? other.join(".") : `[${formatIpv6(other)}]`;
}
