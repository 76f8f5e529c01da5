import {
  l10n,
  Range,
  SnippetString,
  SnippetTextEdit,
  type TextDocument,
  TextEdit,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { InsertionResult } from "../../server/src/protocol.js";

/** Applies what the server has to insert, as one step of undo, or tells why there is nothing. @returns whether it was done */
export async function applyInsertion(
  document: TextDocument,
  version: number,
  result: InsertionResult,
): Promise<boolean> {
  if ("problem" in result) {
    void window.showWarningMessage(result.problem);
    return false;
  }
  if (document.version !== version) {
    void window.showWarningMessage(l10n.t("The document has changed meanwhile. Try again."));
    return false;
  }
  const edit = new WorkspaceEdit();
  edit.set(
    document.uri,
    result.edits.map(({ range: { start, end }, newText, snippet }) => {
      const range = new Range(start.line, start.character, end.line, end.character);
      return snippet ? new SnippetTextEdit(range, new SnippetString(newText)) : new TextEdit(range, newText);
    }),
  );
  return workspace.applyEdit(edit);
}
