import { l10n, window, workspace } from "vscode";
import type { EmbeddedFiles } from "../embedded-files.js";
import { positionOf } from "../insertion.js";

/** Opens the JSON of the script at the cursor beside it. @returns whether there was one */
export async function editEmbedded(files: EmbeddedFiles): Promise<boolean> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t("Put the cursor into a script that writes .docker/config.json."));
    return false;
  }
  try {
    const uri = await files.find(editor.document, positionOf(editor.selection));
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    return true;
  } catch (error) {
    void window.showInformationMessage(error instanceof Error ? error.message : String(error));
    return false;
  }
}
