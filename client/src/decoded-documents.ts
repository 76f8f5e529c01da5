import { type Disposable, EventEmitter, l10n, type TextDocument, Uri, workspace } from "vscode";
import { type DecodedScriptResult, isScriptParams, methods, type ScriptParams } from "../../server/src/protocol.js";
import type { ScriptPlace } from "./script-place.js";
import type { Server } from "./server.js";

const scheme = "runner-proxy-decoded";

/** Documents that show a script layer by layer, without its secrets; kept up to date while open. */
export class DecodedDocuments implements Disposable {
  private readonly changed = new EventEmitter<Uri>();
  private readonly disposables: Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.write(uri),
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        const file = document.uri.toString();
        for (const { uri } of workspace.textDocuments) if (paramsOf(uri)?.uri === file) this.changed.fire(uri);
      }),
    ];
  }

  /** @throws with the reason where no script is there */
  async open({ document, position }: ScriptPlace): Promise<TextDocument> {
    const params: ScriptParams = { uri: document.uri.toString(), position };
    const found = await this.ask(params);
    if ("problem" in found) throw new Error(found.problem);
    const path = `/${l10n.t("Decoded")} ${found.title}.md`;
    return workspace.openTextDocument(Uri.from({ scheme, path, query: JSON.stringify(params) }));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async write(uri: Uri): Promise<string> {
    const params = paramsOf(uri);
    const found = params && (await this.ask(params));
    if (!found) return "";
    return "problem" in found ? `${found.problem}\n` : found.text;
  }

  private ask(params: ScriptParams): Promise<DecodedScriptResult> {
    return this.server.request<DecodedScriptResult>(methods.decodedScript, params);
  }
}

function paramsOf(uri: Uri): ScriptParams | undefined {
  if (uri.scheme !== scheme) return undefined;
  const params: unknown = JSON.parse(uri.query);
  return isScriptParams(params) ? params : undefined;
}
