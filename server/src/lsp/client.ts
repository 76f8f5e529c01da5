import type { InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "../protocol.js";
import type { CompletionClient } from "./completion.js";
import type { DiagnosticsClient } from "./diagnostics.js";
import { section } from "./settings.js";
import type { EditClient } from "./workspace-edit.js";

/** What the client said of itself. */
export interface Client {
  readonly options: InitializationOptions;
  /** Settings that came with `initialize`, as some editors send them. */
  readonly settings: unknown;
  readonly locale: string | undefined;
  readonly folders: readonly string[];
  readonly diagnostics: DiagnosticsClient;
  readonly edits: EditClient;
  /** The server may ask it to change files. */
  readonly appliesEdits: boolean;
  readonly completion: CompletionClient;
  readonly asksConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  readonly refreshesHints: boolean;
}

export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument } = params.capabilities;
  const options = readOptions(params.initializationOptions);
  const operations = workspace?.workspaceEdit?.resourceOperations ?? [];
  return {
    options,
    settings: readSettingsOf(params.initializationOptions),
    locale: params.locale,
    folders: foldersOf(params),
    diagnostics: {
      pulls: textDocument?.diagnostic !== undefined,
      refreshes: workspace?.diagnostics?.refreshSupport === true,
      showsStatus: options.servesFiles === true,
    },
    edits: {
      // Operations on files stand among document changes alone; Neovim 0.7 names just the operations.
      documentChanges: workspace?.workspaceEdit?.documentChanges === true || operations.length > 0,
      creates: operations.includes("create"),
      annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    },
    appliesEdits: workspace?.applyEdit === true,
    completion: {
      snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
      suggestsAgain: options.servesFiles === true,
      knowsYaml: options.knowsYaml === true,
    },
    asksConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

/** The client's own options, as far as they are what they should be. */
function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const bundle = "l10n" in value ? readBundle(value.l10n) : undefined;
  return {
    ...(bundle && { l10n: bundle }),
    ...("servesFiles" in value && { servesFiles: value.servesFiles === true }),
    ...("knowsYaml" in value && { knowsYaml: value.knowsYaml === true }),
  };
}

function readSettingsOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && section in value ? value[section] : undefined;
}

/** VS Code's bundles hold texts, or texts with a comment for the translator. */
function readBundle(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const texts = Object.entries(value).flatMap(([key, text]) =>
    typeof text === "string" ? [[key, text] as const] : [],
  );
  return Object.fromEntries(texts);
}
