import type { Span } from "../text/span.js";

/**
 * Words that guides and samples put where a value is to be filled in. Names below example.com, example.org and
 * example.net can belong to nobody (RFC 2606); `.example` and `.test` are left alone, since people anonymise with them.
 */
const placeholder =
  /docker0_interface_ip|<[^<>\n]+>|\b(?:[\w-]+\.)*example\.(?:com|org|net)\b|\bset_hash_here\b|\bx{4,}\b|\bchange_?me\b|\b(?:YOUR|MY)[_-][A-Z_-]+\b|\byour[_-][a-z_-]+\b|\b(?:PROXY|PARENT)_(?:HOST|IP|ADDRESS|SERVER)\b|\bhost:port\b|\b(?:USERNAME|PASSWORD|DOMAIN|PROXY|HOSTNAME|HOST|PORT|IP)\b(?![.@_-]?[a-z])/;

/** The first placeholder in a value; undefined where there is none. */
export function placeholderIn(text: string): Span | undefined {
  const found = placeholder.exec(text);
  if (found) return { start: found.index, end: found.index + found[0].length };
  const hostPort = /\bhost:port\b/i.exec(text);
  return hostPort ? { start: hostPort.index, end: hostPort.index + hostPort[0].length } : undefined;
}
