import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  FileChangeType,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
} from "vscode-languageserver-protocol";
import { bundle, nobody } from "./cli.js";

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folder?: string;
  readonly initializationOptions?: unknown;
  readonly locale?: string;
  /** What `workspace/configuration` answers for the section. */
  readonly settings?: unknown;
  /** The server runs as this user where the tests run as root, to whom every file is open. */
  readonly user?: "nobody";
  /** A program that runs the server, and its arguments before the server's. */
  readonly launcher?: readonly string[];
  /** Answers the server's own requests. */
  readonly serve?: (method: string, params: { readonly uri?: string }) => unknown;
}

/** A client that asks for diagnostics. */
export const pulling: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: { configuration: true, diagnostics: { refreshSupport: true } },
};

/** A client that waits for them. */
export const waiting: ClientCapabilities = { textDocument: { publishDiagnostics: {} } };

/** An editor without a screen: starts the server over stdio and speaks LSP with it. */
export class LspClient {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  refreshes = 0;
  settings: unknown;
  private readonly listeners = new Set<() => void>();

  private constructor(
    readonly process: ChildProcessWithoutNullStreams,
    readonly connection: MessageConnection,
    readonly initialized: InitializeResult,
  ) {}

  static async start(options: ClientOptions = {}): Promise<LspClient> {
    const words = [...(options.launcher ?? []), process.execPath, bundle("cli.js"), "lsp", "--stdio"];
    const child = spawn(words[0] ?? "", words.slice(1), {
      stdio: "pipe",
      ...(options.user && process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
    });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    let client: LspClient | undefined;
    const queue: (() => void)[] = [];
    const withClient = (work: (client: LspClient) => void) => {
      if (client) work(client);
      else queue.push(() => client && work(client));
    };
    connection.onNotification((method, params) =>
      withClient((to) => to.receive(method, Array.isArray(params) ? params[0] : params)),
    );
    connection.onRequest((method, params) => {
      if (method === "workspace/configuration") return [client?.settings ?? options.settings ?? null];
      if (method === "workspace/diagnostic/refresh") withClient((to) => to.refreshed());
      return options.serve?.(method, Object(Array.isArray(params) ? params[0] : params)) ?? null;
    });
    connection.listen();
    const folder = options.folder === undefined ? null : { uri: options.folder, name: "folder" };
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: folder?.uri ?? null,
      workspaceFolders: folder ? [folder] : null,
      capabilities: options.capabilities ?? pulling,
      ...(options.locale !== undefined && { locale: options.locale }),
      initializationOptions: options.initializationOptions,
    };
    const initialized = await connection.sendRequest<InitializeResult>("initialize", params);
    client = new LspClient(child, connection, initialized);
    client.settings = options.settings;
    for (const work of queue) work();
    await connection.sendNotification("initialized", {});
    return client;
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    const textDocument = { uri, languageId: "plaintext", version, text };
    return this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  change(uri: string, version: number, ...contentChanges: { range?: Range; text: string }[]): Promise<void> {
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) };
    return this.connection.sendRequest("textDocument/diagnostic", params);
  }

  async pull(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.report(uri);
    if (report.kind !== "full") throw new Error(`a ${report.kind} report where none was known`);
    return report.items;
  }

  /** Pulls until the answer satisfies a condition: what changes on disk shows after a while. */
  async eventually(uri: string, satisfied: (items: readonly Diagnostic[]) => boolean): Promise<void> {
    while (!satisfied(await this.pull(uri))) await sleep(20);
  }

  /** Says that a file on disk has changed. */
  watched(uri: string, type: FileChangeType): Promise<void> {
    return this.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
  }

  async actions(uri: string, range: Range, only?: string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only && { only }) };
    return await this.connection.sendRequest("textDocument/codeAction", { textDocument: { uri }, range, context });
  }

  /** Waits until what the server has sent satisfies a condition. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const seen = look();
      if (seen !== undefined && seen !== false) return seen;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }

  /** The last diagnostics sent for a document. */
  lastPublished(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast((params) => params.uri === uri);
  }

  /** Ends the session as an editor does. @returns the server's exit code */
  async stop(): Promise<number | null> {
    const ended = this.ended();
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return ended;
  }

  ended(): Promise<number | null> {
    return new Promise((resolve) => void this.process.once("exit", resolve));
  }

  private receive(method: string, params: unknown): void {
    this.notifications.push({ method, params });
    if (method === "textDocument/publishDiagnostics") this.published.push(params as PublishDiagnosticsParams);
    if (method === "window/logMessage") this.logged.push((params as { message: string }).message);
    this.notify();
  }

  private refreshed(): void {
    this.refreshes++;
    this.notify();
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

export const everywhere: Range = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
