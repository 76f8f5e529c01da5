import { l10n, window, workspace } from "vscode";
import type { EmbeddedFiles } from "../embedded-files.js";
import { scriptPlace } from "../script-place.js";

/**
 * Opens the JSON of a script as a document.
 * @param argument a place in the script; anything else is the cursor's
 * @returns whether there was one
 */
export async function editEmbedded(files: EmbeddedFiles, argument: unknown): Promise<boolean> {
  const place = await scriptPlace(argument);
  if (!place) {
    tellNoScript();
    return false;
  }
  try {
    const uri = await files.find(place.document, place.position);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    return true;
  } catch (error) {
    void window.showInformationMessage(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** Tells what is missing where a command has no script to go by. */
export function tellNoScript(): void {
  void window.showInformationMessage(l10n.t("Put the cursor into a script that writes .docker/config.json."));
}
