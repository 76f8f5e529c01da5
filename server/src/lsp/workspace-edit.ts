import {
  type ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { FileEdit, Service } from "../service.js";

/** What the client makes of an edit. */
export interface EditClient {
  readonly documentChanges: boolean;
  /** It can be told to make a file. */
  readonly creates: boolean;
  /** It shows what edits are for, and asks before it applies those that need it. */
  readonly annotations: boolean;
}

/** Edits of several files that belong together. */
export interface Change {
  readonly edits: readonly FileEdit[];
  /** Files that are made; what they hold is among the edits. */
  readonly creates?: readonly string[];
  /** What the edits of a file are for; a client that can asks for each whether it is wanted. */
  readonly confirm?: (uri: string) => string;
}

/** A change as the client takes it: with versions, with files made, with questions. Files that are not open have version 0. */
export function toWorkspaceEdit(service: Service, change: Change, client: EditClient): WorkspaceEdit {
  const { edits, creates = [], confirm } = change;
  const byUri = new Map<string, TextEdit[]>();
  for (const { uri, range, newText } of edits) {
    const list = byUri.get(uri) ?? [];
    list.push({ range, newText });
    byUri.set(uri, list);
  }
  if (!client.documentChanges) return { changes: Object.fromEntries(byUri) };
  const asked = client.annotations ? confirm : undefined;
  const annotations: Record<string, ChangeAnnotation> = {};
  const annotate = (uri: string): string | undefined => {
    const label = asked?.(uri);
    if (label === undefined) return undefined;
    annotations[label] = { label, needsConfirmation: true };
    return label;
  };
  const made = creates.map((uri) => CreateFile.create(uri, undefined, annotate(uri)));
  const texts = [...byUri].map(([uri, list]) => {
    const annotationId = annotate(uri);
    const own = annotationId === undefined ? list : list.map((edit) => ({ ...edit, annotationId }));
    return TextDocumentEdit.create({ uri, version: service.document(uri)?.version || null }, own);
  });
  return {
    documentChanges: [...made, ...texts],
    ...(Object.keys(annotations).length > 0 && { changeAnnotations: annotations }),
  };
}
