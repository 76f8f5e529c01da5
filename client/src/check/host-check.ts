import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  env,
  l10n,
  languages,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, ProgressType } from "vscode-languageclient";
import {
  type CheckHostParams,
  type CheckHostReport,
  type CheckHostResult,
  type CheckProgress,
  methods,
} from "../../../server/src/protocol.js";
import { documentSelector } from "../selector.js";
import type { Server } from "../server.js";

const progressType = new ProgressType<CheckProgress>();

/** What is wanted of a check. */
export interface CheckRequest {
  readonly token: CancellationToken;
  readonly progress: (progress: CheckProgress) => void;
  /** The ids of the steps; undefined: all. */
  readonly steps?: readonly string[];
}

/** Asks the server to look at the machine that it runs on: at the remote one, where the editor is connected to one. */
export class HostCheck implements Disposable {
  private readonly checked = new EventEmitter<CheckHostReport>();
  readonly onDidCheck = this.checked.event;
  private runs = 0;
  private lastUri: string | undefined;

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.checked.dispose();
  }

  /** @returns undefined where no machine may or can be looked at; the user has been told why */
  async ready(): Promise<BaseLanguageClient | undefined> {
    if (!(await isTrusted())) return undefined;
    const client = await this.server.start();
    if (client.initializeResult?.capabilities.experimental?.checksHost === true) return client;
    void window.showWarningMessage(
      l10n.t("The Web has no machine to check: use VS Code's desktop, or runner-proxy check on the host."),
    );
    return undefined;
  }

  /** @returns undefined where the user cancelled it, or has been told why there is no report */
  async run(client: BaseLanguageClient, request: CheckRequest): Promise<CheckHostReport | undefined> {
    const result = await this.ask(client, request);
    if ("cancelled" in result) return undefined;
    if ("problem" in result) {
      void window.showWarningMessage(result.problem);
      return undefined;
    }
    this.checked.fire(result);
    return result;
  }

  /** A document of the host: the one in the editor, or else that of the check before. */
  private meant(): string | undefined {
    const document = window.activeTextEditor?.document;
    if (document && languages.match(documentSelector(), document) > 0) this.lastUri = document.uri.toString();
    return this.lastUri;
  }

  private async ask(client: BaseLanguageClient, { token, progress, steps }: CheckRequest): Promise<CheckHostResult> {
    const progressToken = `runner-proxy-check-${++this.runs}`;
    const listener = client.onProgress(progressType, progressToken, progress);
    const uri = this.meant();
    const params: CheckHostParams = {
      progressToken,
      ...(uri !== undefined && { uri }),
      ...(env.remoteName !== undefined && { remote: env.remoteName }),
      ...(steps && { steps }),
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
}

/** Checks run programs and send requests, which no workspace may bring about by itself. */
async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t("Manage Workspace Trust");
  const message = l10n.t("A check runs commands and sends requests: it needs a trusted workspace.");
  if ((await window.showWarningMessage(message, manage)) === manage) {
    await commands.executeCommand("workbench.trust.manage");
  }
  return workspace.isTrusted;
}
