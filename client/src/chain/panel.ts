import { type Disposable, type ExtensionContext, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { PlaceInfo } from "../../../server/src/protocol.js";
import type { ChainModel } from "./model.js";
import { pictureOf } from "./picture.js";
import { readPictureMessage } from "./picture-data.js";
import { openPlace } from "./place.js";

/** The picture of the chain in a tab of its own, kept up to date. */
export class ChainPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private places: readonly PlaceInfo[] = [];
  private readonly subscription: Disposable;

  constructor(
    private readonly extension: Pick<ExtensionContext, "extensionUri">,
    private readonly model: ChainModel,
  ) {
    this.subscription = model.onDidChange(() => void this.update());
  }

  show(): void {
    if (this.panel) this.panel.reveal();
    else this.open();
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private open(): void {
    const folder = Uri.joinPath(this.extension.extensionUri, "dist");
    this.panel = window.createWebviewPanel("runnerProxy.chain", l10n.t("Proxy Chain"), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [folder],
    });
    this.panel.onDidDispose(() => {
      this.panel = undefined;
    });
    this.panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    this.panel.webview.html = html((name) => this.panel?.webview.asWebviewUri(Uri.joinPath(folder, name)).toString());
  }

  private async update(): Promise<void> {
    if (!this.panel?.visible) return;
    const { data, places } = pictureOf(await this.model.get());
    this.places = places;
    await this.panel?.webview.postMessage(data);
  }

  private async receive(message: unknown): Promise<void> {
    const said = readPictureMessage(message);
    if (said?.type === "ready") return this.update();
    if (said?.type === "copy") {
      await env.clipboard.writeText((await this.model.get()).mermaid);
      window.setStatusBarMessage(l10n.t("The chain is in the clipboard, as Mermaid text."), 5000);
    }
    const place = said?.type === "open" && this.places[said.place];
    // Beside the picture, which stays in sight.
    if (place) await openPlace(place, { viewColumn: ViewColumn.Beside });
  }
}

/** The page loads its own script and style alone. */
function html(addressOf: (name: string) => string | undefined): string {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" nonce="${nonce}" href="${addressOf("chain.css")}">
</head>
<body>
  <main id="chain"></main>
  <script nonce="${nonce}" src="${addressOf("chain.js")}"></script>
</body>
</html>`;
}
