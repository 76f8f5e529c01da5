import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  env,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, ProgressType } from "vscode-languageclient";
import {
  type CheckHostParams,
  type CheckHostResult,
  type CheckProgress,
  methods,
} from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

const scheme = "runner-proxy-report";
const progressType = new ProgressType<CheckProgress>();

/** The last check of the server's machine: started by the user, shown as a page, copied for a ticket. */
export class HostReport implements Disposable {
  private readonly uri = Uri.from({ scheme, path: "Runner Proxy.md" });
  private readonly changed = new EventEmitter<Uri>();
  private readonly provider: Disposable;
  private markdown: string | undefined;
  private runs = 0;

  constructor(private readonly server: Server) {
    this.provider = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: () => this.markdown ?? "",
    });
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }

  /** @returns whether there is a new report */
  async check(): Promise<boolean> {
    if (!(await isTrusted())) return false;
    const client = await this.server.start();
    if (client.initializeResult?.capabilities.experimental?.checksHost !== true) {
      void window.showWarningMessage(
        l10n.t("The Web has no machine to check: use VS Code's desktop, or runner-proxy check on the host."),
      );
      return false;
    }
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title: l10n.t("Checking this host") },
      (progress, token) => {
        let done = 0;
        return this.ask(client, token, (step) => {
          const increment = step.total === undefined ? 0 : (100 * ((step.done ?? 0) - done)) / step.total;
          done = step.done ?? done;
          progress.report({ message: step.text, increment });
        });
      },
    );
    return this.show(result);
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

  private async ask(
    client: BaseLanguageClient,
    token: CancellationToken,
    report: (step: CheckProgress) => void,
  ): Promise<CheckHostResult> {
    const progressToken = `runner-proxy-check-${++this.runs}`;
    const listener = client.onProgress(progressType, progressToken, report);
    const uri = window.activeTextEditor?.document.uri.toString();
    const params: CheckHostParams = {
      progressToken,
      ...(uri !== undefined && { uri }),
      ...(env.remoteName !== undefined && { remote: env.remoteName }),
    };
    try {
      return await client.sendRequest<CheckHostResult>(methods.checkHost, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return { cancelled: true };
      throw error;
    } finally {
      listener.dispose();
    }
  }

  private async show(result: CheckHostResult): Promise<boolean> {
    if ("cancelled" in result) return false;
    if ("problem" in result) {
      void window.showWarningMessage(result.problem);
      return false;
    }
    this.markdown = result.markdown;
    this.changed.fire(this.uri);
    await window.showTextDocument(await workspace.openTextDocument(this.uri), { preview: true });
    void this.offerCopy(result.problems, result.unknown);
    return true;
  }

  private async offerCopy(problems: number, unknown: number): Promise<void> {
    const copy = l10n.t("Copy Report");
    const summary = l10n.t("Problems: {0}, not to be told here: {1}", problems, unknown);
    if ((await window.showInformationMessage(summary, copy)) === copy) await this.copy();
  }
}

/** Checks run programs and send requests, which no workspace may bring about by itself. */
async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t("Manage Workspace Trust");
  const message = l10n.t("A check runs commands and sends requests: it needs a trusted workspace.");
  if ((await window.showWarningMessage(message, manage)) === manage) {
    await commands.executeCommand("workbench.trust.manage");
  }
  return false;
}
