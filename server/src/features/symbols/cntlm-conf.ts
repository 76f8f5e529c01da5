import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import type { SymbolNode } from "./node.js";

/** Values that are no secrets. The account's name is left out too. */
const shown = /^(?:Proxy|Listen|NoProxy|Tunnel|SOCKS5Proxy|Auth|Domain|Workstation|Gateway|Allow|Deny)$/i;

/** One entry an option. */
export function cntlmSymbols({ options }: CntlmConfTree): readonly SymbolNode[] {
  return options
    .filter(({ name }) => name !== "")
    .map(({ name, nameSpan, span, value }) => ({
      name,
      kind: "option",
      ...(shown.test(name) && { detail: value.text }),
      span,
      nameSpan,
    }));
}
