import {
  l10n,
  type Position,
  Range,
  type Selection,
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
      if (!snippet) return new TextEdit(range, newText);
      return new SnippetTextEdit(range, new SnippetString(withoutIndentation(document, range.start, newText)));
    }),
  );
  return workspace.applyEdit(edit);
}

/**
 * VS Code puts the indentation of the line where a snippet begins before each of its other lines; where those bring it
 * along, it is taken off first.
 */
function withoutIndentation(document: TextDocument, at: Position, snippet: string): string {
  const before = document.lineAt(at.line).text.slice(0, at.character);
  const indentation = /^\s*/.exec(before)?.[0] ?? "";
  return indentation === "" ? snippet : snippet.replaceAll(`\n${indentation}`, "\n");
}

/** Where the cursor stands, as the protocol has it: a worker would be sent the inner fields of VS Code's own class. */
export function positionOf({ active }: Selection): { readonly line: number; readonly character: number } {
  return { line: active.line, character: active.character };
}
