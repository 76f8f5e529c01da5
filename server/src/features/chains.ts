import type { Service } from "../service.js";
import { folderOf, pathOf } from "../text/uri.js";
import { type Chain, chainOf } from "../workspace/chain.js";
import { docker0Of } from "../workspace/docker-network.js";
import type { Document } from "../workspace/document.js";
import type { HostNames } from "../workspace/proxies.js";

/** The chain of one host, or of the files of one folder where paths show no host. */
export interface HostChain extends HostNames {
  /** With its final `/`. */
  readonly folder: string;
  readonly documents: readonly Document[];
}

/** Every chain of the service's documents that has a hop, in the order of the documents. */
export function chainsOf(service: Service): readonly HostChain[] {
  return service.hosts().flatMap(({ documents }) => {
    const root = documents.find(({ hostRoot }) => hostRoot !== undefined)?.hostRoot;
    if (root !== undefined) return chainIn(root, documents, service);
    return [...byFolder(documents)].flatMap(([folder, list]) => chainIn(folder, list, service));
  });
}

/** The chain that a document is a part of; undefined where it has no hop. */
export function chainFor(service: Service, uri: string): Chain | undefined {
  const documents = service.host(uri);
  const own = documents.find((document) => document.uri === uri);
  const rooted = documents.some(({ hostRoot }) => hostRoot !== undefined);
  const folder = folderOf(pathOf(uri));
  const chain = chainOf(rooted ? documents : documents.filter((other) => folderOf(pathOf(other.uri)) === folder));
  return own && chain.hops.length > 0 ? chain : undefined;
}

function chainIn(folder: string, documents: readonly Document[], { options }: Service): readonly HostChain[] {
  const chain = chainOf(documents);
  if (chain.hops.length === 0) return [];
  return [{ folder, documents, chain, docker0: docker0Of({ host: documents, options }) }];
}

function byFolder(documents: readonly Document[]): ReadonlyMap<string, readonly Document[]> {
  const found = new Map<string, Document[]>();
  for (const document of documents) {
    const folder = `${folderOf(pathOf(document.uri))}/`;
    const list = found.get(folder) ?? [];
    list.push(document);
    found.set(folder, list);
  }
  return found;
}
