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
  /** Request to the server: {@link DindScriptParams} → {@link PreviewResult}. */
  previewDindScript: "runnerProxy/previewDindScript",
  /** Request to the server: no parameters → {@link ChainResult}. It may differ after each {@link methods.status}. */
  chain: "runnerProxy/chain",
  /** Request to the server: {@link ExplainRouteParams} → {@link ExplainRouteResult}. */
  explainRoute: "runnerProxy/explainRoute",
  /** Request to the server: {@link ChangeAddressParams} → {@link ChangeAddressResult}. */
  changeAddress: "runnerProxy/changeProxyAddress",
  /** Request to the server: {@link CheckHostParams} → {@link CheckHostResult}. Served where `experimental.checksHost` says so. */
  checkHost: "runnerProxy/checkHost",
  /** Request to the server: {@link ReadEmbeddedParams} → {@link ReadEmbeddedResult}. */
  readEmbedded: "runnerProxy/readEmbedded",
  /** Request to the server: {@link WriteEmbeddedParams} → {@link WriteEmbeddedResult}. */
  writeEmbedded: "runnerProxy/writeEmbedded",
  /** Request to the server: {@link SetUpParams} → {@link SetUpResult}. */
  setUp: "runnerProxy/setUp",
  /** Request to the server: {@link InstallCommandsParams} → {@link InstallCommandsResult}. */
  installCommands: "runnerProxy/installCommands",
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

/** What a script comes to, layer by layer, as Markdown, or the reason why there is none. */
export type PreviewResult = { readonly text: string } | { readonly problem: string };

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

/** A place in a file. */
export interface PlaceInfo {
  readonly uri: string;
  readonly range: Range;
}

/** What is wrong, and where it is marked. */
export interface ProblemInfo extends PlaceInfo {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

/** Someone on the way of a request. */
export interface HopInfo {
  /** Unique in its host. */
  readonly id: string;
  readonly title: string;
  /**
   * `proxy`: its requests go on to a proxy, or it is one; `direct`: it has none; `unknown`: the files do not say;
   * `broken`: an error or a warning stands at what it is given.
   */
  readonly state: "proxy" | "direct" | "unknown" | "broken";
  readonly location?: PlaceInfo;
  readonly problems: readonly ProblemInfo[];
}

/** The address by which one hop hands its requests to another. */
export interface LinkInfo {
  /** Ids of hops. */
  readonly from: string;
  readonly to: string;
  /** Host and port, without credentials. */
  readonly address: string;
  readonly location: PlaceInfo;
  readonly problem?: ProblemInfo;
  /** Because of the problem nothing comes through. */
  readonly broken: boolean;
}

/** The chain of a host. */
export interface HostInfo {
  /** For people: its folder as the workspace has it. */
  readonly name: string;
  /** Its documents: other requests name the host by any of them. */
  readonly uris: readonly string[];
  readonly hops: readonly HopInfo[];
  readonly links: readonly LinkInfo[];
  /** Where its runners find GitLab, each once. */
  readonly gitlabUrls: readonly string[];
}

export interface ChainResult {
  readonly hosts: readonly HostInfo[];
  /** All of it in Mermaid's language. */
  readonly mermaid: string;
}

export interface ExplainRouteParams {
  /** What is requested. */
  readonly url: string;
  /** A document of the host that is asked about; all hosts where none is named. */
  readonly uri?: string;
}

/** The way that some of a hop's clients take, and what says so. */
export interface WayInfo {
  readonly clients: readonly string[];
  readonly via: "proxy" | "direct" | "unknown";
  /** Without credentials. */
  readonly proxy?: string;
  readonly because: string;
  readonly location?: PlaceInfo;
}

export interface ExplainRouteResult {
  /** As asked, without credentials. */
  readonly url: string;
  readonly hosts: readonly {
    readonly name: string;
    readonly hops: readonly { readonly title: string; readonly ways: readonly WayInfo[] }[];
  }[];
}

export interface ChangeAddressParams {
  /** Host and port, with or without a scheme. */
  readonly from: string;
  readonly to: string;
  /** A document of the host whose files are changed. */
  readonly uri: string;
}

/** The edits of all files of the host, or the reason why there are none, in the user's language. */
export type ChangeAddressResult =
  | { readonly edits: readonly (PlaceInfo & { readonly newText: string })[] }
  | { readonly problem: string };

export interface CheckHostParams {
  /** A document of the host that is checked; without one the workspace has but one host, or none. */
  readonly uri?: string;
  /** How the editor is connected to the server's machine: `ssh-remote`, `dev-container` … */
  readonly remote?: string;
  /** {@link CheckProgress} is sent for it by `$/progress`. */
  readonly progressToken?: string;
}

/** What is being done; `done` of `total` steps are over. A command about to be run has no count. */
export interface CheckProgress {
  readonly text: string;
  readonly done?: number;
  readonly total?: number;
}

/** The report, redacted and in the user's language; or why there is none. */
export type CheckHostResult =
  | { readonly markdown: string; readonly problems: number; readonly unknown: number }
  | { readonly problem: string }
  | { readonly cancelled: true };

/** Whether a value from outside is an {@link ExplainRouteParams}. */
export function isExplainRouteParams(value: unknown): value is ExplainRouteParams {
  return hasTexts(value, ["url"], ["uri"]);
}

/** Whether a value from outside is a {@link ChangeAddressParams}. */
export function isChangeAddressParams(value: unknown): value is ChangeAddressParams {
  return hasTexts(value, ["from", "to", "uri"]);
}

/** Whether a value from outside is a {@link CheckHostParams}. */
export function isCheckHostParams(value: unknown): value is CheckHostParams {
  return hasTexts(value, [], ["uri", "remote", "progressToken"]);
}

function hasTexts(value: unknown, required: readonly string[], optional: readonly string[] = []): boolean {
  if (typeof value !== "object" || value === null) return false;
  const isText = (name: string) => typeof Reflect.get(value, name) === "string";
  return required.every(isText) && optional.every((name) => Reflect.get(value, name) === undefined || isText(name));
}

export interface ReadEmbeddedParams {
  readonly uri: string;
  /** A place in the script whose JSON is wanted. */
  readonly position?: Position;
  /** The JSON itself, by the id that it was read with. */
  readonly id?: string;
}

/** JSON of a script as a document of its own, or the reason why there is none, in the user's language. */
export type ReadEmbeddedResult =
  | {
      readonly id: string;
      /** The script's key. */
      readonly label: string;
      readonly text: string;
      /** To be handed back with what is to be written; stays the same as long as the JSON in the script does. */
      readonly version: string;
    }
  | { readonly problem: string };

export interface WriteEmbeddedParams {
  readonly uri: string;
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

/** The edits of the file, for the version of it that the server had, and the version of the JSON that they make. */
export type WriteEmbeddedResult =
  | { readonly edits: readonly { readonly range: Range; readonly newText: string }[]; readonly version: string }
  | { readonly problem: string };

/** Whether a value from outside is a {@link WriteEmbeddedParams}. */
export function isWriteEmbeddedParams(value: unknown): value is WriteEmbeddedParams {
  return hasTexts(value, ["uri", "id", "version", "text"]);
}

/** What a host is to be set up for: a proxy, or a cntlm that hands on to the company's. */
export interface SetUpParams {
  /** URI of the folder that holds the host's `etc`. */
  readonly folder: string;
  readonly proxy?: string;
  readonly noProxy?: string;
  /** With cntlm: `host:port` of each of the company's proxies. */
  readonly parents?: readonly string[];
  readonly username?: string;
  readonly domain?: string;
  /** PassNTLMv2 as `cntlm -H` prints it. */
  readonly hash?: string;
}

/** The files that change, or the reason why nothing can be done, in the user's language. */
export type SetUpResult =
  | {
      readonly files: readonly {
        readonly uri: string;
        /** On the host. */
        readonly path: string;
        /** The file's whole text, to be made where there is none. */
        readonly text: string;
        readonly creates: boolean;
        /** Of a file that is there. */
        readonly edits: readonly { readonly range: Range; readonly newText: string }[];
      }[];
    }
  | { readonly problem: string };

/** Whether a value from outside is a {@link SetUpParams}. */
export function isSetUpParams(value: unknown): value is SetUpParams {
  if (!hasTexts(value, ["folder"], ["proxy", "noProxy", "username", "domain", "hash"])) return false;
  const parents: unknown = Reflect.get(Object(value), "parents");
  return parents === undefined || (Array.isArray(parents) && parents.every((parent) => typeof parent === "string"));
}

export interface InstallCommandsParams {
  readonly uris: readonly string[];
}

/** Lines for a shell, or the reason why there are none, in the user's language. */
export type InstallCommandsResult = { readonly text: string } | { readonly problem: string };
