import type { ChainPanel } from "../chain/panel.js";

export function showChain(panel: ChainPanel): void {
  panel.show();
}
