import { type CntlmAddress, noSettings, type ProxySettings } from "../../proxy/settings.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Format } from "../format.js";
import { plainComments } from "../plain-comments.js";
import { cntlmFileNames, matchesCntlm } from "./match.js";
import { parseCntlmConf } from "./parse.js";
import type { CntlmConfTree, CntlmEndpoint, CntlmOption } from "./tree.js";

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
  asides: (text) => plainComments(text, "# or ;"),
  comment: (text) => `# ${text}`,
};

function settingsOf(tree: CntlmConfTree): ProxySettings {
  const addresses: CntlmAddress[] = [];
  for (const endpoint of tree.addresses) {
    if (endpoint.role !== "socks5") addresses.push(new EndpointAddress(endpoint.role, endpoint));
  }
  return { ...noSettings, addresses };
}

/** Its text is made when it is asked for. */
class EndpointAddress implements CntlmAddress {
  readonly host?: string;
  readonly port?: number;
  private readonly option: CntlmOption;

  constructor(
    readonly role: CntlmAddress["role"],
    { option, host, port }: CntlmEndpoint,
  ) {
    this.option = option;
    if (host !== undefined) this.host = host;
    if (port !== undefined) this.port = port;
  }

  get value(): MappedText {
    return this.option.value;
  }

  get span(): Span {
    return this.option.raw;
  }
}
