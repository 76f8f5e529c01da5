import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileOperationPatternKind,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  WatchKind,
} from "vscode-languageserver";
import { hover } from "../features/hover/hover.js";
import { configFileName, documentPatterns } from "../protocol.js";
import { createService, defaultOptions } from "../service.js";
import { hostName, serveChain } from "./chain.js";
import { type Client, readClient } from "./client.js";
import { answerCodeActions, codeActionKinds } from "./code-actions.js";
import { serveCodeLenses } from "./code-lenses.js";
import { commandCapabilities, serveCommands } from "./commands/serve.js";
import { serveCompletion, triggerCharacters } from "./completion.js";
import { source } from "./convert.js";
import { Diagnostics } from "./diagnostics.js";
import { DocumentStore, isConfigFile } from "./documents.js";
import { EmbeddedAnswers, serveEmbedded } from "./embedded.js";
import { clientFiles, type FileAccess } from "./files.js";
import { serveGenerators } from "./generate.js";
import { hintCapabilities, serveHints } from "./hints.js";
import type { HostCheck } from "./host-check.js";
import { createLocalize } from "./locale.js";
import { navigationCapabilities, serveNavigation } from "./navigation.js";
import { SetUpAnswers, serveSetUp } from "./set-up.js";
import { SettingsStore, section } from "./settings.js";
import { Turns } from "./slices.js";

/** An editor that promises settings and never sends them is served with the defaults after this many milliseconds. */
const patience = 2000;

/** From so many documents on, memory counts more than time. */
const manyDocuments = 100;

/** What a server runs on. */
export interface Machine {
  /** For a client that does not serve files itself. */
  readonly files: FileAccess;
  /** Where it is a machine that can be looked at. */
  readonly hostCheck?: HostCheck;
  /** Is called when there are many documents. */
  crowded?(): void;
}

/** Serves a connection until it ends. */
export function serve(connection: Connection, machine: Machine): void {
  connection.onInitialize((params) => {
    const client = readClient(params);
    startSession(connection, client, machine);
    return answerTo(client, machine.hostCheck !== undefined);
  });
  connection.listen();
}

function answerTo(client: Client, checksHost: boolean): InitializeResult {
  return {
    serverInfo: { name: source },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(client.diagnostics.pulls && {
        diagnosticProvider: { identifier: source, interFileDependencies: true, workspaceDiagnostics: false },
      }),
      codeActionProvider: { codeActionKinds: [...codeActionKinds] },
      completionProvider: { triggerCharacters: [...triggerCharacters], resolveProvider: true },
      hoverProvider: true,
      ...navigationCapabilities,
      ...hintCapabilities,
      ...commandCapabilities,
      codeLensProvider: {},
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: client.changesFolders },
        fileOperations: {
          didRename: { filters: [{ pattern: { glob: "**", matches: FileOperationPatternKind.folder } }] },
        },
      },
      ...(checksHost && { experimental: { checksHost } }),
    },
  };
}

/** Wires one client to a service of its own. */
function startSession(connection: Connection, client: Client, machine: Machine): void {
  const files = client.options.servesFiles ? clientFiles(connection, machine.files) : machine.files;
  const localize = createLocalize(client.locale, client.options.l10n);
  const service = createService(defaultOptions, localize);
  const settings = new SettingsStore(localize, (line) => connection.console.warn(line));
  let few = true;
  const documents = new DocumentStore(service, files, (uri) => {
    diagnostics.changed(uri);
    if (few && service.size > manyDocuments) {
      few = false;
      machine.crowded?.();
    }
    // Hints tell of other files as well, and an editor asks again for what is edited alone.
    if (uri === undefined) void refreshHints();
  });
  const refreshHints = async () => {
    if (client.refreshesHints) await connection.languages.inlayHint.refresh().catch(() => undefined);
  };
  const diagnostics = new Diagnostics(connection, service, documents, client.diagnostics, () => ready);
  let folders = client.folders;
  let ready: Promise<unknown> = Promise.resolve();

  const apply = async (scan: boolean) => {
    const before = service.options;
    const next = settings.options;
    const same = JSON.stringify(before) === JSON.stringify(next);
    if (!same) service.configure(next);
    if (scan || JSON.stringify(before.files) !== JSON.stringify(next.files)) await documents.scan(folders);
    else if (!same) diagnostics.changed();
  };
  const askEditor = async () => {
    if (!client.asksConfiguration) return;
    settings.setEditor(await connection.workspace.getConfiguration(section).catch(() => undefined));
  };
  const loadSettings = () => Promise.all([askEditor(), settings.readFiles(folders, files)]);

  settings.setEditor(client.settings);
  service.configure(settings.options);

  connection.onInitialized(() => {
    register(connection, client);
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        void loadSettings().then(() => apply(true));
      });
    }
    const loaded = loadSettings();
    ready = Promise.race([loaded.then(() => service.configure(settings.options)), wait(patience)]);
    void loaded.then(() => apply(true));
  });
  connection.onDidChangeConfiguration(async (change) => {
    const before = settings.inlayHints;
    if (client.asksConfiguration) await askEditor();
    else settings.setEditor(change.settings);
    if (settings.inlayHints !== before) await refreshHints();
    await apply(false);
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    if (changes.some(({ uri }) => isConfigFile(uri))) {
      await settings.readFiles(folders, files);
      await apply(false);
    }
    await documents.filesChanged(changes);
  });
  connection.workspace.onDidRenameFiles(({ files: moves }) => documents.foldersMoved(moves));
  const turns = new Turns();
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, cancelled) => {
    await ready;
    await turns.take(textDocument.uri);
    if (cancelled.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    return diagnostics.pull(textDocument.uri, previousResultId);
  });
  connection.onCodeAction(async (params) => {
    await ready;
    return answerCodeActions(service, params, settings.config, client.edits, localize);
  });
  serveCompletion(connection, service, client.completion, localize);
  connection.onHover(({ textDocument, position }) => {
    const found = hover(service, textDocument.uri, position, localize);
    return found && { range: found.range, contents: { kind: "markdown", value: found.markdown } };
  });
  const scanned = () => ready.then(() => documents.scanned);
  serveNavigation(connection, service, client.edits, localize, scanned);
  serveHints(connection, service, localize, () => settings.inlayHints, scanned);
  serveCodeLenses(connection, service, localize, client);
  const embedded = new EmbeddedAnswers(service, localize);
  serveEmbedded(connection, embedded, localize);
  const setUp = new SetUpAnswers({
    service,
    localize,
    files,
    folders: () => folders,
    config: () => settings.config,
  });
  serveSetUp(connection, setUp, localize, scanned);
  const nameOf = (folder: string) => hostName(folder, folders);
  serveCommands(connection, { service, localize, setUp, embedded, nameOf, edits: client.edits }, client, scanned);
  serveGenerators(connection, service, localize);
  serveChain(connection, service, localize, nameOf, scanned);
  machine.hostCheck?.({ connection, service, localize, scanned });
  documents.listen(connection);
}

/** Asks for the notifications that a client sends only when asked. One that serves files watches them itself. */
function register(connection: Connection, client: Client): void {
  if (client.registersConfiguration) {
    void connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (client.registersWatchers && !client.options.servesFiles) {
    const files = [...documentPatterns, `**/${configFileName}`].map((globPattern) => ({ globPattern }));
    // Of a folder that is removed only the folder may be told, whatever its name.
    const watchers = [...files, { globPattern: "**/*", kind: WatchKind.Delete }];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
