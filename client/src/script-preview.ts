import { l10n, TabInputText, Uri, ViewColumn, window, workspace } from "vscode";

const scheme = "runner-proxy-script";

/**
 * Shows a Markdown text beside the editor until the user has decided.
 * @returns whether the script is to be inserted
 */
export async function confirmScript(text: string): Promise<boolean> {
  const uri = Uri.from({ scheme, path: "/Docker-in-Docker.md" });
  const provider = workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  try {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
    const insert = l10n.t("Insert");
    const question = l10n.t("Insert the script as the preview shows it?");
    return (await window.showInformationMessage(question, insert, l10n.t("Cancel"))) === insert;
  } finally {
    await close(uri);
    provider.dispose();
  }
}

async function close(uri: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString());
  await window.tabGroups.close(shown, true);
}
