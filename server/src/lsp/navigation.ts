import {
  type Connection,
  DocumentHighlightKind,
  FoldingRangeKind,
  LSPErrorCodes,
  type DocumentSymbol as LspSymbol,
  ResponseError,
  type SelectionRange,
  type ServerCapabilities,
  SymbolKind,
} from "vscode-languageserver";
import { definition } from "../features/definition.js";
import { foldingRanges } from "../features/folding.js";
import { highlights } from "../features/highlights.js";
import { documentLinks } from "../features/links.js";
import { references } from "../features/references.js";
import { prepareRename, rename } from "../features/rename.js";
import { selectionRanges } from "../features/selection.js";
import { type DocumentSymbol, documentSymbols, type SymbolKind as Kind } from "../features/symbols/symbols.js";
import type { Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import type { Localize } from "../text/message.js";
import { type EditClient, toWorkspaceEdit } from "./workspace-edit.js";

export const navigationCapabilities: ServerCapabilities = {
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: {},
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  selectionRangeProvider: true,
  renameProvider: { prepareProvider: true },
};

const kinds: Readonly<Record<Kind, SymbolKind>> = {
  runner: SymbolKind.Class,
  section: SymbolKind.Namespace,
  job: SymbolKind.Class,
  endpoint: SymbolKind.Object,
  option: SymbolKind.Property,
  variable: SymbolKind.Variable,
  script: SymbolKind.Function,
  service: SymbolKind.Module,
};

/**
 * Answers what leads from place to place, and renames.
 * @param ready fulfilled when the other files are read: editors keep links until the document changes
 */
export function serveNavigation(
  connection: Connection,
  service: Service,
  edits: EditClient,
  localize: Localize,
  ready: () => Promise<unknown>,
): void {
  connection.onDocumentSymbol(({ textDocument }) => documentSymbols(service, textDocument.uri).map(toSymbol));
  connection.onFoldingRanges(({ textDocument }) =>
    foldingRanges(service, textDocument.uri).map(({ startLine, endLine, comment }) => {
      return { startLine, endLine, ...(comment && { kind: FoldingRangeKind.Comment }) };
    }),
  );
  connection.onDocumentLinks(async ({ textDocument }) => {
    await ready();
    return documentLinks(service, textDocument.uri).map((link) => ({ ...link, tooltip: localize(link.tooltip) }));
  });
  connection.onDefinition(({ textDocument, position }) => [...definition(service, textDocument.uri, position)]);
  connection.onReferences(({ textDocument, position, context }) => [
    ...references(service, textDocument.uri, position, context.includeDeclaration),
  ]);
  connection.onDocumentHighlight(({ textDocument, position }) =>
    highlights(service, textDocument.uri, position).map(({ range, writes }) => {
      return { range, kind: writes ? DocumentHighlightKind.Write : DocumentHighlightKind.Read };
    }),
  );
  connection.onSelectionRanges(({ textDocument, positions }) =>
    positions.map((position) => toSelectionRange(selectionRanges(service, textDocument.uri, position), position)),
  );
  connection.onPrepareRename(({ textDocument, position }) => {
    return prepareRename(service, textDocument.uri, position) ?? null;
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const renaming = rename(service, textDocument.uri, position, newName);
    if ("problem" in renaming) throw new ResponseError(LSPErrorCodes.RequestFailed, localize(renaming.problem));
    return toWorkspaceEdit(service, renaming, edits);
  });
}

function toSymbol({ detail, kind, children, ...symbol }: DocumentSymbol): LspSymbol {
  return {
    ...symbol,
    kind: kinds[kind],
    ...(detail !== undefined && { detail }),
    children: children.map(toSymbol),
  };
}

/** LSP wants one answer a position: the place itself where nothing is known. */
function toSelectionRange(ranges: readonly Range[], position: Position): SelectionRange {
  let parent: SelectionRange | undefined;
  for (const range of [...ranges].reverse()) parent = { range, ...(parent && { parent }) };
  return parent ?? { range: { start: position, end: position } };
}
