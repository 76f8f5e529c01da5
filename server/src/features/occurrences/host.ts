import type { Service } from "../../service.js";
import { chainOf } from "../../workspace/chain.js";
import { docker0Address, dockerNetwork } from "../../workspace/docker-network.js";
import type { Document } from "../../workspace/document.js";
import type { HostNames } from "../../workspace/proxies.js";

/** The documents of a host and the names that the host goes by. */
export interface Host extends HostNames {
  readonly documents: readonly Document[];
}

/** The host that a document belongs to. */
export function hostOf(service: Service, uri: string): Host {
  const documents = service.host(uri);
  const context = { host: documents, options: service.options };
  const { docker0 } = dockerNetwork(context);
  return {
    documents,
    chain: chainOf(documents),
    docker0: [...new Set([docker0Address(context), ...(docker0 === undefined ? [] : [docker0])])],
  };
}
