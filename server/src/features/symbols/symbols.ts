import type { Service } from "../../service.js";
import type { Range } from "../../text/line-index.js";
import type { Document } from "../../workspace/document.js";
import { cntlmSymbols } from "./cntlm-conf.js";
import { jsonSymbols } from "./docker-json.js";
import { ciSymbols } from "./gitlab-ci.js";
import { around, type SymbolKind, type SymbolNode } from "./node.js";
import { tomlSymbols } from "./runner-toml.js";
import { unitSymbols } from "./systemd-dropin.js";

export type { SymbolKind } from "./node.js";

/** An entry of the outline. */
export interface DocumentSymbol {
  /** Never empty. */
  readonly name: string;
  /** Without secrets. */
  readonly detail: string | undefined;
  readonly kind: SymbolKind;
  readonly range: Range;
  /** Lies within {@link range}. */
  readonly selectionRange: Range;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of a document: runners, sections of units, jobs, endpoints, options. */
export function documentSymbols(service: Service, uri: string): readonly DocumentSymbol[] {
  const document = service.document(uri);
  return document ? nodesOf(document).map((node) => toSymbol(document, node)) : [];
}

function nodesOf({ tree, settings }: Document): readonly SymbolNode[] {
  switch (tree.format) {
    case "runner-toml":
      return tomlSymbols(tree, settings);
    case "cntlm-conf":
      return cntlmSymbols(tree);
    case "systemd-dropin":
      return unitSymbols(tree, settings);
    case "docker-json":
      return jsonSymbols(tree);
    case "gitlab-ci":
      return ciSymbols(tree, settings);
  }
}

/** Recurses by the outline's three levels, not by the document. */
function toSymbol(
  document: Document,
  { name, detail, kind, span, nameSpan, children = [] }: SymbolNode,
): DocumentSymbol {
  const { lines } = document;
  return {
    name: name.trim() === "" ? '""' : name,
    detail,
    kind,
    range: lines.range(around(span, nameSpan)),
    selectionRange: lines.range(nameSpan),
    children: children.map((child) => toSymbol(document, child)),
  };
}
