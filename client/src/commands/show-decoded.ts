import { ViewColumn, window } from "vscode";
import type { DecodedDocuments } from "../decoded-documents.js";
import { scriptPlace } from "../script-place.js";
import { tellNoScript } from "./edit-embedded.js";

/**
 * Shows a script layer by layer beside it.
 * @param argument a place in it; anything else is the cursor's
 * @returns the text that is shown; undefined where there is no script
 */
export async function showDecoded(documents: DecodedDocuments, argument: unknown): Promise<string | undefined> {
  const place = await scriptPlace(argument);
  if (!place) {
    tellNoScript();
    return undefined;
  }
  try {
    const document = await documents.open(place);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
    return document.getText();
  } catch (error) {
    void window.showInformationMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
