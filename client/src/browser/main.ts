import { type ExtensionContext, Uri } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { type Api, activateWith } from "../extension.js";

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString(true);
  return activateWith(context, (id, name, options) => {
    // The client would take a Worker too, but does not recognise those of VS Code's worker host.
    const connect = async () => {
      const worker = new Worker(script);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient(id, name, connect, options);
  });
}
