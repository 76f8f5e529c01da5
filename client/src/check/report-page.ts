import { commands, type Disposable, EventEmitter, env, l10n, Uri, window, workspace } from "vscode";
import type { HostCheck } from "./host-check.js";

const scheme = "runner-proxy-report";

/** The report of the last check as a page, to be copied for a ticket. */
export class ReportPage implements Disposable {
  private readonly uri = Uri.from({ scheme, path: "Runner Proxy.md" });
  private readonly changed = new EventEmitter<Uri>();
  private readonly disposables: readonly Disposable[];
  private markdown: string | undefined;

  constructor(check: HostCheck) {
    this.disposables = [
      this.changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: () => this.markdown ?? "",
      }),
      check.onDidCheck(({ markdown }) => {
        this.markdown = markdown;
        this.changed.fire(this.uri);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** As VS Code shows Markdown; as plain text where its own extension for that is switched off. */
  async show(): Promise<void> {
    try {
      await commands.executeCommand("markdown.showPreview", this.uri);
    } catch {
      await window.showTextDocument(await workspace.openTextDocument(this.uri), { preview: true });
    }
  }

  /** @returns whether there was one to copy */
  async copy(): Promise<boolean> {
    if (this.markdown === undefined) {
      void window.showInformationMessage(l10n.t("There is no report yet: check this host first."));
      return false;
    }
    await env.clipboard.writeText(this.markdown);
    return true;
  }
}
