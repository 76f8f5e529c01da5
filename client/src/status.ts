import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, l10n, languages } from "vscode";
import { documentSelector } from "./selector.js";
import type { Server, ServerState } from "./server.js";

/** The entry below `{}` in the status bar: what the server is doing, and the way out when it is not. */
export class StatusItem implements Disposable {
  private readonly item: LanguageStatusItem = languages.createLanguageStatusItem("runnerProxy", documentSelector());
  private readonly subscription: Disposable;

  constructor(server: Server) {
    this.item.name = "Runner Proxy";
    this.subscription = server.onDidChangeState((state) => this.show(state));
    this.show(server.state);
  }

  /** To be called when `runnerProxy.files` has changed. */
  updateSelector(): void {
    this.item.selector = documentSelector();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private show(state: ServerState): void {
    const failed = state.kind === "failed";
    this.item.busy = state.kind === "starting";
    this.item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.item.text = textOf(state);
    this.item.detail = "Runner Proxy";
    this.item.command = failed
      ? { command: "runnerProxy.restartServer", title: l10n.t("Restart Server") }
      : { command: "runnerProxy.showOutput", title: l10n.t("Show Output") };
  }
}

function textOf(state: ServerState): string {
  switch (state.kind) {
    case "idle":
      return l10n.t("Not started");
    case "starting":
      return l10n.t("Starting…");
    case "running":
      return l10n.t("Running");
    case "counted":
      return l10n.t("Files: {0}, findings: {1}", state.files, state.findings);
    case "failed":
      return state.reason;
  }
}
