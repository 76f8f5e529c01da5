import {
  type Disposable,
  EventEmitter,
  extensions,
  type FileSystemWatcher,
  type LogOutputChannel,
  l10n,
  workspace,
} from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State } from "vscode-languageclient";
import {
  configFileName,
  documentPatterns,
  type InitializationOptions,
  methods,
  type StatusParams,
} from "../../server/src/protocol.js";
import { documentSelector } from "./selector.js";
import { serveWorkspaceFiles } from "./workspace-files.js";

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** What there is to say about the server. */
export type ServerState =
  | { readonly kind: "idle" | "starting" | "running" }
  | { readonly kind: "counted"; readonly files: number; readonly findings: number }
  | { readonly kind: "failed"; readonly reason: string };

/** The language server's life: started once when first needed, restarted on demand, and never silent about its state. */
export class Server implements Disposable {
  private readonly changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.changed.event;
  private client: BaseLanguageClient | undefined;
  private starting: Promise<BaseLanguageClient> | undefined;
  private current: ServerState = { kind: "idle" };
  private disposables: Disposable[] = [];

  constructor(
    private readonly createClient: CreateClient,
    private readonly output: LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** Whether a start was asked for, with whatever outcome. */
  get started(): boolean {
    return this.starting !== undefined;
  }

  /** Starts the server if that has not been done. @throws if it does not start */
  start(): Promise<BaseLanguageClient> {
    this.starting ??= this.launch();
    return this.starting;
  }

  /** Starts the server; a failure is shown by the status item alone. */
  startQuietly(): void {
    this.start().catch(() => undefined);
  }

  /** Ends the server and starts a new one. @throws if that does not start */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Sends a request, after having started the server if need be. */
  async request<R>(method: string, params?: object): Promise<R> {
    const client = await this.start();
    return params ? client.sendRequest<R>(method, params) : client.sendRequest<R>(method);
  }

  dispose(): Thenable<void> {
    this.changed.dispose();
    return this.stop();
  }

  private async launch(): Promise<BaseLanguageClient> {
    this.set({ kind: "starting" });
    const watchers = [...documentPatterns, `**/${configFileName}`].map((glob) =>
      workspace.createFileSystemWatcher(glob),
    );
    // Of a folder that is removed only the folder is told, whatever its name.
    watchers.push(workspace.createFileSystemWatcher("**", true, true));
    const client = this.createClient("runnerProxy", "Runner Proxy", this.options(watchers));
    this.client = client;
    this.disposables = [
      ...watchers,
      ...serveWorkspaceFiles(client),
      client.onNotification(methods.status, ({ files, findings }: StatusParams) => {
        this.set({ kind: "counted", files, findings });
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Starting) this.set({ kind: "starting" });
        if (newState === State.Running) this.set({ kind: "running" });
        if (newState === State.Stopped) this.set({ kind: "failed", reason: l10n.t("The language server has ended.") });
      }),
    ];
    try {
      await client.start();
      return client;
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      const reason = l10n.t("The language server does not start.");
      this.set({ kind: "failed", reason });
      throw new Error(reason, { cause: error });
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    await this.starting?.catch(() => undefined);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
    this.client = undefined;
    this.starting = undefined;
    // A client whose start failed cannot be stopped, and has nothing left to stop.
    if (client?.needsStop()) await client.dispose().catch((error) => this.output.warn(String(error)));
  }

  private options(watchers: FileSystemWatcher[]): LanguageClientOptions {
    const initializationOptions: InitializationOptions = {
      servesFiles: true,
      // Red Hat's YAML has the schema of .gitlab-ci.yml from its store.
      knowsYaml: extensions.getExtension("redhat.vscode-yaml") !== undefined,
      ...(l10n.bundle ? { l10n: l10n.bundle } : {}),
    };
    return {
      documentSelector: documentSelector(),
      outputChannel: this.output,
      traceOutputChannel: this.output,
      synchronize: { fileEvents: watchers },
      initializationOptions,
      initializationFailedHandler: () => false,
      diagnosticCollectionName: "runner-proxy",
    };
  }

  private set(state: ServerState): void {
    this.current = state;
    this.changed.fire(state);
  }
}
