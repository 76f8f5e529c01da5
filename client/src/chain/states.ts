import { l10n } from "vscode";
import type { HopInfo, HostInfo } from "../../../server/src/protocol.js";

/** Where a hop hands its requests to, each address once; empty for one that does not. */
export function addressesFrom({ links }: HostInfo, { id }: HopInfo): string {
  return [...new Set(links.flatMap(({ from, address }) => (from === id ? [address] : [])))].join(", ");
}

/** What is known of a hop, in a word. */
export function stateText(host: HostInfo, hop: HopInfo): string {
  switch (hop.state) {
    case "proxy":
      return "";
    case "direct":
      return l10n.t("no proxy");
    case "unknown":
      return l10n.t("not known");
    case "broken":
      return isBroken(host, hop) ? l10n.t("broken") : l10n.t("doubtful");
  }
}

/** Whether nothing comes through to one of those that a hop hands its requests to. */
export function isBroken({ links }: HostInfo, { id }: HopInfo): boolean {
  return links.some(({ from, broken }) => from === id && broken);
}
