import { type TextDocument, Uri, window, workspace } from "vscode";
import { isScriptParams, type ScriptParams } from "../../server/src/protocol.js";
import { positionOf } from "./insertion.js";

/** A script of a document, by a place in it. */
export interface ScriptPlace {
  readonly document: TextDocument;
  readonly position: NonNullable<ScriptParams["position"]>;
}

/**
 * The script that a command is for.
 * @param argument a {@link ScriptParams}, as a lens has it; anything else is the place of the cursor
 */
export async function scriptPlace(argument: unknown): Promise<ScriptPlace | undefined> {
  if (isScriptParams(argument)) {
    const document = await workspace.openTextDocument(Uri.parse(argument.uri, true));
    return { document, position: argument.position ?? { line: 0, character: 0 } };
  }
  const editor = window.activeTextEditor;
  return editor && { document: editor.document, position: positionOf(editor.selection) };
}
