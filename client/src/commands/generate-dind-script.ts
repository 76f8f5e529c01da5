import { l10n, type TextDocument, window } from "vscode";
import {
  type DindScriptParams,
  type DindScriptRequest,
  type InsertionResult,
  isDindScriptRequest,
  methods,
  type PreviewResult,
} from "../../../server/src/protocol.js";
import { applyInsertion, positionOf } from "../insertion.js";
import { confirmScript } from "../script-preview.js";
import type { Server } from "../server.js";

/** @param argument a {@link DindScriptRequest}; anything else asks the user. @returns whether a script was inserted */
export async function generateDindScript(server: Server, argument: unknown): Promise<boolean> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t("Open the config.toml or .gitlab-ci.yml that the script is for."));
    return false;
  }
  const { document, selection } = editor;
  const asked = !isDindScriptRequest(argument);
  const request = asked ? await ask(document) : argument;
  if (!request) return false;
  const version = document.version;
  const params: DindScriptParams = { uri: document.uri.toString(), position: positionOf(selection), request };
  if (asked && !(await isConfirmed(server, params))) return false;
  const result = await server.request<InsertionResult>(methods.dindScript, params);
  return applyInsertion(document, version, result);
}

/** A user who was asked sees what comes of the answers first. */
async function isConfirmed(server: Server, params: DindScriptParams): Promise<boolean> {
  const preview = await server.request<PreviewResult>(methods.previewDindScript, params);
  if ("text" in preview) return confirmScript(preview.text);
  void window.showWarningMessage(preview.problem);
  return false;
}

async function ask(document: TextDocument): Promise<DindScriptRequest | undefined> {
  const target = /\.ya?ml$/i.test(document.uri.path) ? ".gitlab-ci.yml" : "config.toml";
  const fixed = l10n.t("Fixed values");
  const source = await window.showQuickPick(
    [
      {
        label: l10n.t("The job's variables"),
        detail: l10n.t("$HTTP_PROXY, $HTTPS_PROXY and $NO_PROXY, read when the job runs"),
      },
      { label: fixed, detail: l10n.t("Addresses and bypass list are written into the script") },
    ],
    { placeHolder: l10n.t("Where do the values come from?") },
  );
  if (!source) return undefined;
  if (source.label !== fixed) return { target };
  const httpProxy = await window.showInputBox({ prompt: l10n.t("Proxy for http addresses") });
  if (httpProxy === undefined) return undefined;
  const httpsProxy = await window.showInputBox({ prompt: l10n.t("Proxy for https addresses"), value: httpProxy });
  if (httpsProxy === undefined) return undefined;
  const noProxy = await window.showInputBox({ prompt: l10n.t("Hosts to be reached without the proxy") });
  return noProxy === undefined ? undefined : { target, httpProxy, httpsProxy, noProxy };
}
