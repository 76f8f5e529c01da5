import { type BypassEntry, parseBypassList } from "../../proxy/bypass/entry.js";

/**
 * A bypass list as its writer means it, for rules about what is missing: wrong separators, quotes, schemes and `*.` are told of by
 * rules of their own, and mended what they hide is there.
 */
export function asMeant(list: string): string {
  return parseBypassList(list).flatMap(plainEntries).join(",");
}

function plainEntries(entry: BypassEntry): readonly string[] {
  switch (entry.kind) {
    case "joined":
      return (entry.pieces ?? []).map(({ text }) => text);
    case "quoted":
      return [entry.host];
    case "url":
      return entry.host === "" ? [] : [entry.port === undefined ? entry.host : `${entry.host}:${entry.port}`];
    case "wildcard-suffix":
      return [entry.text.slice(1)];
    default:
      return [entry.text];
  }
}
