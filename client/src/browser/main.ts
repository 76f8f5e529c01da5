import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateWith } from "../extension.js";

export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString(true);
  activateWith(context, (id, name, options) => {
    return new LanguageClient(id, name, async () => new Worker(script), options);
  });
}
