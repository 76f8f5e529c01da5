import { env, l10n, window } from "vscode";
import { type InstallCommandsParams, type InstallCommandsResult, methods } from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

/** Copies the lines that put files in place on their host. Nothing is run. @returns whether there were any */
export async function copyInstallCommands(server: Server, uris: readonly string[] = openFile()): Promise<boolean> {
  const params: InstallCommandsParams = { uris };
  const result = await server.request<InstallCommandsResult>(methods.installCommands, params);
  if ("problem" in result) {
    void window.showInformationMessage(result.problem);
    return false;
  }
  await env.clipboard.writeText(result.text);
  void window.showInformationMessage(
    l10n.t("The install commands are on the clipboard. Read them before you run them."),
  );
  return true;
}

function openFile(): readonly string[] {
  const uri = window.activeTextEditor?.document.uri;
  return uri ? [uri.toString()] : [];
}
