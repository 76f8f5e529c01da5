import { commands, l10n, TabInputText, Uri, type ViewColumn, window, workspace } from "vscode";
import type { PreviewLayerInfo } from "../../server/src/protocol.js";

const scheme = "runner-proxy-script";

const extensions: Readonly<Record<PreviewLayerInfo["language"], string>> = {
  json: "json",
  sh: "sh",
  powershell: "ps1",
  toml: "toml",
  yaml: "yml",
};

/** What `vscode.getEditorLayout` and `vscode.setEditorLayout` speak of; a group inside of a row stands in a column. */
interface EditorLayout {
  readonly orientation: 0 | 1;
  readonly groups: readonly EditorGroupLayout[];
}

interface EditorGroupLayout {
  readonly groups?: readonly EditorGroupLayout[];
  readonly size?: number;
}

/**
 * Shows layers side by side below the editors until the user has decided; then the editors stand as before.
 * @returns whether the script is to be inserted
 */
export async function confirmScript(layers: readonly PreviewLayerInfo[], placeHolder: string): Promise<boolean> {
  const texts = new Map(layers.map(({ title, language, text }) => [`/${title}.${extensions[language]}`, text]));
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? "",
  });
  const before = await commands.executeCommand<EditorLayout>("vscode.getEditorLayout");
  const active = window.tabGroups.activeTabGroup.viewColumn;
  try {
    const first = window.tabGroups.all.length + 1;
    await commands.executeCommand("vscode.setEditorLayout", withRowBelow(before, texts.size));
    let column = first;
    for (const path of texts.keys()) await showLayer(Uri.from({ scheme, path }), column++);
    const insert = { label: `$(check) ${l10n.t("Insert")}` };
    const cancel = { label: `$(close) ${l10n.t("Cancel")}` };
    // The layers can be scrolled and copied from meanwhile.
    return (await window.showQuickPick([insert, cancel], { placeHolder, ignoreFocusOut: true })) === insert;
  } finally {
    await close();
    await commands.executeCommand("vscode.setEditorLayout", before);
    await focus(active);
    provider.dispose();
  }
}

/** The editors as they stand, and a row of as many more below them. */
function withRowBelow({ orientation, groups }: EditorLayout, columns: number): EditorLayout {
  const above = orientation === 1 ? groups : [groups.length > 1 ? { groups } : {}];
  const row = Array.from({ length: columns }, () => ({ size: 1 / columns }));
  return {
    orientation: 1,
    groups: [...above.map((group) => ({ ...group, size: 0.5 / above.length })), { groups: row, size: 0.5 }],
  };
}

async function showLayer(uri: Uri, viewColumn: ViewColumn): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { viewColumn, preview: false });
  const wraps = workspace.getConfiguration("editor", document).get("wordWrap");
  // Of this editor alone: a script's long lines are to be read whole.
  if (wraps === "off" && window.activeTextEditor === editor) {
    await commands.executeCommand("editor.action.toggleWordWrap");
  }
}

async function focus(column: ViewColumn): Promise<void> {
  const tab = window.tabGroups.all.find(({ viewColumn }) => viewColumn === column)?.activeTab;
  if (tab?.input instanceof TabInputText) await window.showTextDocument(tab.input.uri, { viewColumn: column });
}

async function close(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof TabInputText && input.uri.scheme === scheme),
    true,
  );
}
