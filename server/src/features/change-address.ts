import { formatIpv6, parseIpv6 } from "../proxy/ip.js";
import type { FileEdit, Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import { type EndpointOccurrence, endpoints } from "./occurrences/endpoints.js";
import { type Host, hostOf } from "./occurrences/host.js";

/** Host and port of a proxy. */
interface Address {
  /** In lower case, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** The host as it is written into an address. */
  readonly written: string;
}

/** Edits of all files of the host, or why there are none. */
export type AddressChange = { readonly edits: readonly FileEdit[] } | { readonly problem: Message };

/**
 * Puts another proxy into the place of one wherever the files of a host name it: variables, keys, scripts, cntlm's own
 * lines. Schemes, credentials and quoting stay.
 *
 * One of this host that stays on this host moves: its port changes in all its addresses and where cntlm listens, its host
 * where it is named as in `from`, since containers and the host itself reach it by different ones. One that goes
 * elsewhere is named by its new address everywhere, and cntlm goes on listening where it does.
 * @param from host and port, with or without a scheme, by any of the addresses that the proxy has
 * @param uri a document of the host
 */
export function changeAddress(service: Service, uri: string, from: string, to: string): AddressChange {
  const host = hostOf(service, uri);
  const [old, next] = [readAddress(from), readAddress(to)];
  if (!old || !next) return { problem: msg("Write host and port, as in 172.17.0.1:3128.") };
  const all = endpoints(host);
  const localHosts = localNames(host);
  const local = localHosts.has(old.host);
  const same = all.filter((one) => one.port === old.port && (local ? one.local : one.host === old.host));
  if (same.length === 0) return { problem: msg("No setting names the proxy {0}.", `${old.written}:${old.port}`) };
  const moves = local && localHosts.has(next.host);
  const edits: FileEdit[] = [];
  for (const one of same) {
    const made = editsOf(one, old, next, local, moves);
    const { document, span } = one;
    if (!made) {
      const line = document.lines.position(span.start).line + 1;
      return { problem: msg("{0}, line {1}: the quoting there has no way to write the new name.", document.uri, line) };
    }
    for (const { span: at, newText } of made)
      edits.push({ uri: document.uri, range: document.lines.range(at), newText });
  }
  return { edits };
}

/** @returns undefined where the quoting cannot hold the new text */
function editsOf(
  { value, host, hostSpan, port, portSpan, definition }: EndpointOccurrence,
  old: Address,
  next: Address,
  local: boolean,
  moves: boolean,
): readonly TextEdit[] | undefined {
  if (definition && local && !moves) return [];
  const edits: TextEdit[] = [];
  const write = (span: { readonly start: number; readonly end: number }, text: string): boolean => {
    const made = value.replace(span, text);
    if (made) edits.push(...made);
    return made !== undefined;
  };
  if (hostSpan && next.host !== host && (!moves || host === old.host) && !write(hostSpan, next.written))
    return undefined;
  if (next.port === port) return edits;
  const end = hostSpan?.end ?? value.text.length;
  const text = portSpan ? String(next.port) : `:${next.port}`;
  return write(portSpan ?? { start: end, end }, text) ? edits : undefined;
}

function readAddress(text: string): Address | undefined {
  const match =
    /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:\[(?<six>[\da-f:.]+)\]|(?<name>[a-z\d](?:[\w.-]*\w)?)):(?<port>\d{1,5})\/?$/i.exec(
      text.trim(),
    );
  const { six, name, port: digits } = match?.groups ?? {};
  const port = Number(digits);
  const ip = six === undefined ? undefined : parseIpv6(six);
  const host = ip ? formatIpv6(ip) : name?.toLowerCase();
  if (host === undefined || !(port >= 1 && port <= 65_535)) return undefined;
  return { host, port, written: six === undefined ? (name ?? host) : `[${six}]` };
}

/** The names by which the files call this host. */
function localNames(host: Host): ReadonlySet<string> {
  const named = endpoints(host).flatMap(({ host: name, local }) => (local && name !== undefined ? [name] : []));
  return new Set(["localhost", "127.0.0.1", "::1", ...host.docker0, ...named]);
}
