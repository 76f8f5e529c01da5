import type { EngineOptions } from "../../options.js";
import { type Chain, chainOf } from "../../workspace/chain.js";
import { docker0Of } from "../../workspace/docker-network.js";
import type { Document } from "../../workspace/document.js";
import type { HostNames } from "../../workspace/proxies.js";
import type { Report, RuleContext } from "../rule.js";

/** What a rule on the chain looks at: a host whose files lie below a folder of its own. */
export interface HostChain extends HostNames {
  readonly root: string;
  readonly documents: readonly Document[];
  readonly options: EngineOptions;
}

/** A finding and the document where it is marked. */
export type Placed = Report & { readonly document: Document };

/**
 * A rule's check on the chain of a host, made once for the host: each document reports its own part. Files whose paths show no
 * host (copies, perhaps of several hosts) are not judged together.
 */
export function checkOnChain(find: (host: HostChain) => readonly Placed[]): (context: RuleContext) => void {
  const known = new WeakMap<
    Chain,
    { readonly options: EngineOptions; readonly found: ReadonlyMap<Document, Placed[]> }
  >();
  return (context) => {
    const { document, options, host: documents } = context;
    // The runners of a config.toml alone need not agree, and nothing else is there to compare them with.
    if (documents.length === 1 && document.format.id === "runner-toml") return;
    if (documents.every(({ hostRoot }) => hostRoot === undefined)) return;
    context.needsWhole();
    const chain = chainOf(documents);
    const { root } = chain;
    if (root === undefined) return;
    let entry = known.get(chain);
    if (entry?.options !== options) {
      entry = { options, found: byDocument(find({ chain, docker0: docker0Of(context), root, documents, options })) };
      known.set(chain, entry);
    }
    for (const report of entry.found.get(document) ?? []) context.report(report);
  };
}

function byDocument(reports: readonly Placed[]): ReadonlyMap<Document, Placed[]> {
  const found = new Map<Document, Placed[]>();
  for (const report of reports) {
    const list = found.get(report.document) ?? [];
    list.push(report);
    found.set(report.document, list);
  }
  return found;
}
