import { TextDocumentEdit, type TextEdit, type WorkspaceEdit } from "vscode-languageserver";
import type { FileEdit, Service } from "../service.js";
import type { EditClient } from "./code-actions.js";

/** Edits of several files as one, for clients with and without versions. Files that are not open have version 0. */
export function toWorkspaceEdit(
  service: Service,
  edits: readonly FileEdit[],
  { documentChanges }: Pick<EditClient, "documentChanges">,
): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { uri, range, newText } of edits) {
    const list = byUri.get(uri) ?? [];
    list.push({ range, newText });
    byUri.set(uri, list);
  }
  if (!documentChanges) return { changes: Object.fromEntries(byUri) };
  return {
    documentChanges: [...byUri].map(([uri, list]) => {
      return TextDocumentEdit.create({ uri, version: service.document(uri)?.version || null }, list);
    }),
  };
}
