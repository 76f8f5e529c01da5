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
import { askDindScript } from "./ask-dind-script.js";

/** @param argument a {@link DindScriptRequest}; anything else asks the user. @returns whether a script was inserted */
export async function generateDindScript(server: Server, argument: unknown): Promise<boolean> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t("Open the config.toml or .gitlab-ci.yml that the script is for."));
    return false;
  }
  const { document, selection } = editor;
  const place = { uri: document.uri.toString(), position: positionOf(selection) };
  const asked = !isDindScriptRequest(argument);
  const request = asked ? await askDindScript(server, targetOf(document), place) : argument;
  if (!request) return false;
  return insertDindScript(server, document, { ...place, request }, asked);
}

/** @param confirm the user sees it first. @returns whether a script was inserted */
export async function insertDindScript(
  server: Server,
  document: TextDocument,
  params: DindScriptParams,
  confirm: boolean,
): Promise<boolean> {
  const { version } = document;
  if (confirm && !(await isConfirmed(server, params))) return false;
  const result = await server.request<InsertionResult>(methods.dindScript, params);
  return applyInsertion(document, version, result);
}

function targetOf({ uri }: TextDocument): DindScriptRequest["target"] {
  return /\.ya?ml$/i.test(uri.path) ? ".gitlab-ci.yml" : "config.toml";
}

/** A user who was asked sees what comes of the answers first. */
async function isConfirmed(server: Server, params: DindScriptParams): Promise<boolean> {
  const preview = await server.request<PreviewResult>(methods.previewDindScript, params);
  if ("problem" in preview) {
    void window.showWarningMessage(preview.problem);
    return false;
  }
  return confirmScript(
    preview.layers,
    params.request.keepAuths
      ? l10n.t("Insert the script? What else the file holds is kept.")
      : l10n.t("Insert the script as the preview shows it?"),
  );
}
