import { type Connection, RequestType, RequestType0 } from "vscode-languageserver";
import { mermaidOf } from "../features/chain-mermaid.js";
import { chainViews } from "../features/chain-view.js";
import { chainsOf } from "../features/chains.js";
import { changeAddress } from "../features/change-address.js";
import { explainRoute } from "../features/explain-route.js";
import { runnerUrls } from "../features/runner-urls.js";
import {
  type ChainResult,
  type ChangeAddressResult,
  type ExplainRouteResult,
  isChangeAddressParams,
  isExplainRouteParams,
  methods,
} from "../protocol.js";
import { redact } from "../proxy/redact.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";
import { baseName, pathOf } from "../text/uri.js";

const chainRequest = new RequestType0<ChainResult, void>(methods.chain);
const explainRequest = new RequestType<unknown, ExplainRouteResult, void>(methods.explainRoute);
const changeRequest = new RequestType<unknown, ChangeAddressResult, void>(methods.changeAddress);

/**
 * Serves what the client's commands and views ask about chains.
 * @param nameOf a host's folder as people see it in the workspace
 * @param ready fulfilled when the settings are known and the files read
 */
export function serveChain(
  connection: Connection,
  service: Service,
  localize: Localize,
  nameOf: (folder: string) => string,
  ready: () => Promise<unknown>,
): void {
  connection.onRequest(chainRequest, async () => {
    await ready();
    return chainResult(service, localize, nameOf);
  });
  connection.onRequest(explainRequest, async (params): Promise<ExplainRouteResult> => {
    if (!isExplainRouteParams(params)) return { url: "", hosts: [] };
    await ready();
    const { url, uri } = params;
    const hosts = explainRoute(service, url, uri, localize);
    return { url: redact(url), hosts: hosts.map(({ folder, hops }) => ({ name: nameOf(folder), hops })) };
  });
  connection.onRequest(changeRequest, async (params): Promise<ChangeAddressResult> => {
    if (!isChangeAddressParams(params)) return { edits: [] };
    await ready();
    const { uri, from, to } = params;
    const change = changeAddress(service, uri, from, to);
    return "problem" in change ? { problem: localize(change.problem) } : change;
  });
}

function chainResult(service: Service, localize: Localize, nameOf: (folder: string) => string): ChainResult {
  const views = chainViews(service, localize);
  const hosts = chainsOf(service).map(({ folder, documents }, at) => ({
    name: nameOf(folder),
    uris: documents.map(({ uri }) => uri),
    hops: views[at]?.hops ?? [],
    links: views[at]?.links ?? [],
    gitlabUrls: [...new Set(documents.flatMap((document) => runnerUrls(document).map(({ url }) => url)))],
  }));
  return { hosts, mermaid: mermaidOf(views, nameOf) };
}

/** A host's folder as people see it in the workspace: below its folder, or by the name of that. @param folders URIs */
export function hostName(folder: string, folders: readonly string[]): string {
  const path = folder.replace(/\/$/, "");
  for (const root of folders.map((uri) => pathOf(uri).replace(/\/$/, ""))) {
    if (path === root) return baseName(root);
    if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  }
  return path === "" ? "/" : path;
}
