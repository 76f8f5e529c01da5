import { type CntlmAddress, noSettings, type ProxySettings } from "../../proxy/settings.js";
import type { Format } from "../format.js";
import { cntlmFileNames, matchesCntlm } from "./match.js";
import { parseCntlmConf } from "./parse.js";
import type { CntlmConfTree } from "./tree.js";

export type { CntlmConfTree } from "./tree.js";

export const cntlmConf: Format<CntlmConfTree> = {
  id: "cntlm-conf",
  label: "cntlm's cntlm.conf",
  fileNames: cntlmFileNames,
  match: matchesCntlm,
  parse: parseCntlmConf,
  settings: settingsOf,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
  comment: (text) => `# ${text}`,
};

function settingsOf(tree: CntlmConfTree): ProxySettings {
  const addresses: CntlmAddress[] = [];
  for (const { role, option, host, port } of tree.addresses) {
    if (role === "socks5") continue;
    addresses.push({
      role,
      value: option.value,
      span: option.raw,
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
    });
  }
  return { ...noSettings, addresses };
}
