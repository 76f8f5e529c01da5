import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateWith } from "../extension.js";

export function activate(context: ExtensionContext): void {
  const module = Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath;
  activateWith(context, (id, name, options) => {
    return new LanguageClient(id, name, { module, transport: TransportKind.stdio }, options);
  });
}
