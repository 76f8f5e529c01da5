import { l10n } from "vscode";
import type { HopInfo, HostInfo } from "../../../server/src/protocol.js";

/** Where a hop hands its requests to, each address once; empty for one that does not. */
export function addressesFrom({ links }: HostInfo, { id }: HopInfo): string {
  return [...new Set(links.flatMap(({ from, address }) => (from === id ? [address] : [])))].join(", ");
}

/** What is known of a hop, in a word. */
export function stateText(hop: HopInfo): string {
  switch (hop.state) {
    case "proxy":
      return "";
    case "direct":
      return l10n.t("no proxy");
    case "unknown":
      return l10n.t("not known");
    case "broken":
      return hopIsError(hop) ? l10n.t("broken") : l10n.t("doubtful");
  }
}

/** Whether the worst that is wrong with a hop is an error. */
export function hopIsError({ problems }: HopInfo): boolean {
  return problems.some(({ severity }) => severity === "error");
}
