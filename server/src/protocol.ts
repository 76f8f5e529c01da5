/**
 * What client and server say to each other beside LSP itself. The one file of the server that the client may import:
 * names, shapes and what checks them. Ranges and positions are those of LSP.
 */

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Names of the methods. */
export const methods = {
  /** Request to the client: {@link FindFilesParams} → {@link FindFilesResult}. */
  findFiles: "runnerProxy/findFiles",
  /** Request to the client: {@link ReadFileParams} → {@link ReadFileResult}. */
  readFile: "runnerProxy/readFile",
  /** Notification to the client: {@link StatusParams}. */
  status: "runnerProxy/status",
  /** Request to the server: {@link SnippetsParams} → {@link SnippetInfo}[]. */
  snippets: "runnerProxy/snippets",
  /** Request to the server: {@link InsertSnippetParams} → {@link InsertionResult}. */
  insertSnippet: "runnerProxy/insertSnippet",
  /** Request to the server: {@link DindScriptParams} → {@link InsertionResult}. */
  dindScript: "runnerProxy/dindScript",
} as const;

/**
 * Glob patterns of the files that may be of one of the five formats: what is opened, searched for and watched.
 * The server's formats decide, by content where the path leaves doubt.
 */
export const documentPatterns = [
  "**/*config*.toml",
  "**/*runner*.toml",
  "**/cntlm*.{conf,ini}",
  "**/*.d/*.conf",
  "**/*proxy*.conf",
  "**/*.service",
  "**/{.docker,docker}/*.json",
  "**/{config,daemon,dockerd}.json",
  "**/*.gitlab-ci*.{yml,yaml}",
  "**/.gitlab-ci/**/*.{yml,yaml}",
  "**/.gitlab/**/*.{yml,yaml}",
] as const;

/** The file that holds the settings beside the files, at the root of a folder. */
export const configFileName = ".runner-proxy.json";

/** What the client hands over with `initialize`. */
export interface InitializationOptions {
  /** English text → the user's language, where VS Code has loaded a bundle. */
  readonly l10n?: Readonly<Record<string, string>>;
  /** The client answers {@link methods.findFiles} and {@link methods.readFile}. */
  readonly servesFiles?: boolean;
}

export interface FindFilesParams {
  /** Glob patterns relative to the workspace folders. */
  readonly include: readonly string[];
  /** Stop after this many files. */
  readonly limit: number;
}

export interface FindFilesResult {
  readonly uris: readonly string[];
}

export interface ReadFileParams {
  readonly uri: string;
  /** Files with more bytes than this are not read. */
  readonly limit: number;
}

export interface ReadFileResult {
  /** null: missing, not readable or too large. */
  readonly text: string | null;
}

/** How the server is doing, for the status item. */
export interface StatusParams {
  /** Files of the five formats that the server knows. */
  readonly files: number;
  /** Their findings, as far as counted. */
  readonly findings: number;
}

export interface SnippetsParams {
  /** The document that is being edited. */
  readonly uri?: string;
}

export interface SnippetInfo {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** It belongs into the document asked about. */
  readonly fits: boolean;
}

export interface InsertSnippetParams {
  readonly uri: string;
  readonly id: string;
  /** Where the cursor stands. */
  readonly position?: Position;
}

/** An edit whose text may hold tab stops. */
export interface InsertionEdit {
  readonly range: Range;
  readonly newText: string;
  /** `newText` is in snippet syntax. */
  readonly snippet: boolean;
}

/** Edits of the document asked about, or the reason why there are none, in the user's language. */
export type InsertionResult = { readonly edits: readonly InsertionEdit[] } | { readonly problem: string };

/** What to write to `.docker/config.json`. With no address and no list given, the script takes the job's variables. */
export interface DindScriptRequest {
  readonly target: "config.toml" | ".gitlab-ci.yml";
  /** `sh` unless given. */
  readonly shell?: "sh" | "bash" | "pwsh";
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  /** Keep what the file already holds, logins among it; needs jq where the job runs. */
  readonly keepAuths?: boolean;
}

const targets: readonly unknown[] = ["config.toml", ".gitlab-ci.yml"];
const shells: readonly unknown[] = [undefined, "sh", "bash", "pwsh"];

/** Whether a value from outside is a {@link DindScriptRequest}. */
export function isDindScriptRequest(value: unknown): value is DindScriptRequest {
  if (typeof value !== "object" || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const texts = ["httpProxy", "httpsProxy", "noProxy"].map(field);
  return (
    targets.includes(field("target")) &&
    shells.includes(field("shell")) &&
    texts.every((text) => text === undefined || typeof text === "string") &&
    [undefined, true, false].some((known) => known === field("keepAuths"))
  );
}

export interface DindScriptParams {
  readonly uri: string;
  readonly position?: Position;
  readonly request: DindScriptRequest;
}
