import { l10n, Range, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { isSetUpParams, methods, type SetUpParams, type SetUpResult } from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

/**
 * Writes or amends every file of a host's chain, shown before it is done.
 * @param argument a {@link SetUpParams}; anything else asks the user
 * @returns whether anything was changed
 */
export async function setUp(server: Server, argument: unknown): Promise<boolean> {
  const asked = !isSetUpParams(argument);
  const params = asked ? await ask() : argument;
  if (!params) return false;
  const result = await server.request<SetUpResult>(methods.setUp, params);
  if ("problem" in result) {
    void window.showWarningMessage(result.problem);
    return false;
  }
  if (result.files.length === 0) {
    void window.showInformationMessage(l10n.t("All files hold this already."));
    return false;
  }
  const edit = new WorkspaceEdit();
  for (const { uri, path, text, creates, edits } of result.files) {
    const file = Uri.parse(uri, true);
    const metadata = { label: path, needsConfirmation: asked };
    if (creates) edit.createFile(file, { contents: new TextEncoder().encode(text), overwrite: false }, metadata);
    for (const { range, newText } of edits) {
      const { start, end } = range;
      edit.replace(file, new Range(start.line, start.character, end.line, end.character), newText, metadata);
    }
  }
  return workspace.applyEdit(edit, { isRefactoring: true });
}

async function ask(): Promise<SetUpParams | undefined> {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) {
    void window.showInformationMessage(l10n.t("Open the folder that holds the host's files."));
    return undefined;
  }
  const title = l10n.t("Set Up Proxy");
  const direct = l10n.t("A proxy without an account");
  const kind = await window.showQuickPick([direct, l10n.t("cntlm on this host")], { title });
  if (kind === undefined) return undefined;
  const input = (prompt: string, placeHolder: string, value = "") =>
    window.showInputBox({ title, prompt, placeHolder, value, ignoreFocusOut: true });
  const where = { folder: folder.uri.toString() };
  if (kind === direct) {
    const proxy = await input(l10n.t("Address of the proxy"), "http://proxy.example:8080");
    const noProxy = proxy && (await askBypass(input));
    return noProxy === undefined ? undefined : { ...where, proxy: proxy ?? "", noProxy };
  }
  const parents = await input(
    l10n.t("Proxies of the company, separated by commas"),
    "proxy1.example:8080, proxy2.example:8080",
  );
  if (!parents) return undefined;
  const username = await input(l10n.t("Account"), "svc-runner");
  if (username === undefined) return undefined;
  const domain = await input(l10n.t("Domain of the account"), "CORP");
  if (domain === undefined) return undefined;
  const noProxy = await askBypass(input);
  if (noProxy === undefined) return undefined;
  return { ...where, parents: parents.split(/[\s,]+/).filter((parent) => parent !== ""), username, domain, noProxy };
}

function askBypass(input: (prompt: string, placeHolder: string, value?: string) => Thenable<string | undefined>) {
  const usual = "localhost,127.0.0.1,docker";
  return input(l10n.t("Hosts to be reached without the proxy"), usual, usual);
}
