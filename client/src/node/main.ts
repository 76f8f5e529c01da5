import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type Api, activateWith } from "../extension.js";

export function activate(context: ExtensionContext): Api {
  const module = Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath;
  return activateWith(context, (id, name, options) => {
    return new LanguageClient(id, name, { module, transport: TransportKind.stdio }, options);
  });
}
