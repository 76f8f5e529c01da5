import { l10n, type QuickPickItem, QuickPickItemKind, type TextEditor, window } from "vscode";
import {
  type InsertionResult,
  type InsertSnippetParams,
  methods,
  type SnippetInfo,
  type SnippetsParams,
} from "../../../server/src/protocol.js";
import { applyInsertion, positionOf } from "../insertion.js";
import type { Server } from "../server.js";

/** @param id a snippet's id; anything else lets the user choose. @returns whether a snippet was inserted */
export async function insertSnippet(server: Server, id: unknown): Promise<boolean> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t("Open the file that the snippet is for, then run the command again."));
    return false;
  }
  const chosen = typeof id === "string" ? id : await choose(server, editor);
  if (chosen === undefined) return false;
  const { document, selection } = editor;
  const version = document.version;
  const params: InsertSnippetParams = { uri: document.uri.toString(), id: chosen, position: positionOf(selection) };
  const result = await server.request<InsertionResult>(methods.insertSnippet, params);
  return applyInsertion(document, version, result);
}

async function choose(server: Server, editor: TextEditor): Promise<string | undefined> {
  const params: SnippetsParams = { uri: editor.document.uri.toString() };
  const snippets = await server.request<SnippetInfo[]>(methods.snippets, params);
  const fitting = snippets.filter(({ fits }) => fits);
  const others = snippets.filter(({ fits }) => !fits);
  const items: (QuickPickItem & { id?: string })[] = [
    ...fitting.map(item),
    ...(fitting.length > 0 && others.length > 0
      ? [{ label: l10n.t("For other files"), kind: QuickPickItemKind.Separator }]
      : []),
    ...others.map(item),
  ];
  const placeHolder = l10n.t("Which proxy snippet?");
  return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.id;
}

function item({ id, label, detail }: SnippetInfo): QuickPickItem & { id: string } {
  return { id, label, detail };
}
