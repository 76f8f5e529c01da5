import { l10n, ViewColumn, window } from "vscode";
import { type ExplainRouteParams, isExplainRouteParams } from "../../../server/src/protocol.js";
import { hostsHere } from "../chain/hosts-here.js";
import type { ChainModel } from "../chain/model.js";
import type { RouteDocuments } from "../chain/route-documents.js";

/**
 * @param argument an {@link ExplainRouteParams}; anything else asks the user
 * @returns the text that is shown; undefined where the user asked for none
 */
export async function explainRoute(
  routes: RouteDocuments,
  model: ChainModel,
  argument: unknown,
): Promise<string | undefined> {
  const params = isExplainRouteParams(argument) ? argument : await ask(model);
  if (!params) return undefined;
  const document = await routes.open(params);
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  return document.getText();
}

async function ask(model: ChainModel): Promise<ExplainRouteParams | undefined> {
  const { hosts } = await model.get();
  const here = hostsHere(hosts);
  const url = await window.showInputBox({
    title: l10n.t("Explain route"),
    prompt: l10n.t("The URL that is requested"),
    value: urlAtCursor() ?? here.flatMap(({ gitlabUrls }) => gitlabUrls)[0] ?? "https://",
    validateInput: (text) =>
      /^\w+:\/\/\S+$/.test(text.trim()) ? undefined : l10n.t("A URL, such as https://gitlab.com/"),
  });
  const uri = here.length === 1 ? here[0]?.uris[0] : undefined;
  return url === undefined ? undefined : { url: url.trim(), ...(uri !== undefined && { uri }) };
}

function urlAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /https?:\/\/[^\s"'<>\\,;]+/);
  return range && editor?.document.getText(range);
}
