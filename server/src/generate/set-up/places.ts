import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import type { Service } from "../../service.js";
import { pathOf } from "../../text/uri.js";
import { chainOf, uriOnHost } from "../../workspace/chain.js";
import { docker0Address } from "../../workspace/docker-network.js";
import { completeValues } from "../values.js";
import { workspaceValues } from "../workspace-values.js";
import { meant } from "./cntlm.js";
import { HostFiles } from "./host-files.js";
import type { SetUpRequest } from "./request.js";

/** A folder that holds a host's files, or could, and what those say of the proxy. */
export interface Place {
  /** URI, without a final `/` unless it is the root. */
  readonly folder: string;
  readonly known: Omit<SetUpRequest, "hash"> & { readonly docker0: string; readonly noProxy: string };
}

/**
 * The hosts below the workspace's folders, and the folders themselves where they are none.
 * @param folders URIs
 */
export function setUpPlaces(service: Service, folders: readonly string[]): readonly Place[] {
  const hosts = service.hosts().flatMap(({ documents }) => uriOnHost(chainOf(documents), documents, "") ?? []);
  const found = folders.flatMap((folder) => {
    const below = hosts.filter((uri) => pathOf(uri).startsWith(withSlash(pathOf(folder)))).map(withoutSlash);
    return [...below, withoutSlash(folder)];
  });
  const seen = new Set<string>();
  return found
    .filter((folder) => seen.size < seen.add(pathOf(folder)).size)
    .map((folder) => ({ folder, known: knownOf(service, folder) }));
}

function knownOf(service: Service, folder: string): Place["known"] {
  const host = new HostFiles(service, folder);
  const docker0 = docker0Address({ host: host.documents, options: service.options });
  const values = workspaceValues(service, `${withSlash(folder)}etc/cntlm.conf`);
  const tree = host.document("etc/cntlm.conf")?.tree;
  const cntlm = tree?.format === "cntlm-conf" ? tree : undefined;
  const own = values.httpProxy?.includes(`//${docker0}:`) === true;
  return {
    docker0,
    noProxy: values.noProxy ?? completeValues({}, docker0).noProxy,
    dockerConfig: host.document("root/.docker/config.json") !== undefined,
    ...(values.httpProxy !== undefined && !own && { proxy: values.httpProxy }),
    ...(cntlm && cntlmKnown(cntlm)),
  };
}

function cntlmKnown(tree: CntlmConfTree): Pick<SetUpRequest, "parents" | "username" | "domain"> {
  const text = (name: string) => {
    const value = tree.option(name)?.value;
    return value && !value.hasUnknown() ? meant(value) : undefined;
  };
  const [username, domain] = [text("Username"), text("Domain")];
  const parents = tree.all("Proxy").flatMap(({ value }) => (value.hasUnknown() ? [] : [meant(value)]));
  return {
    ...(parents.length > 0 && { parents }),
    ...(username !== undefined && { username }),
    ...(domain !== undefined && { domain }),
  };
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function withoutSlash(uri: string): string {
  return pathOf(uri) === "/" ? uri : uri.replace(/\/$/, "");
}
