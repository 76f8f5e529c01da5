import { noSettings } from "../../proxy/settings.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Format, TreeBase } from "../format.js";

export interface CntlmConfTree extends TreeBase {
  readonly format: "cntlm-conf";
}

export const cntlmConf: Format<CntlmConfTree> = {
  id: "cntlm-conf",
  label: "cntlm-conf",
  fileNames: [],
  match: () => false,
  parse: (text) => ({ format: "cntlm-conf", source: MappedText.document(text), problems: [], template: false }),
  settings: () => noSettings,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
};
