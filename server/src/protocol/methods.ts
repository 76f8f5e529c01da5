/** Names of the methods. */
export const methods = {
  /** Request to the client: {@link FindFilesParams} → {@link FindFilesResult}. */
  findFiles: "runnerProxy/findFiles",
  /** Request to the client: {@link ReadFileParams} → {@link ReadFileResult}. */
  readFile: "runnerProxy/readFile",
  /** Request to the client: {@link CanWriteParams} → {@link CanWriteResult}. */
  canWrite: "runnerProxy/canWrite",
  /** Notification to the client: {@link StatusParams}. */
  status: "runnerProxy/status",
  /** Request to the server: {@link SnippetsParams} → {@link SnippetInfo}[]. */
  snippets: "runnerProxy/snippets",
  /** Request to the server: {@link InsertSnippetParams} → {@link InsertionResult}. */
  insertSnippet: "runnerProxy/insertSnippet",
  /** Request to the server: {@link DindDefaultsParams} → {@link DindDefaults}. */
  dindDefaults: "runnerProxy/dindDefaults",
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
  /** Request to the server: {@link ScriptParams} → {@link DecodedScriptResult}. */
  decodedScript: "runnerProxy/decodedScript",
  /** Request to the server: {@link ScriptParams} → {@link RegenerationResult}. */
  regeneration: "runnerProxy/regeneration",
  /** Request to the server: {@link SetUpParams} → {@link SetUpResult}. */
  setUp: "runnerProxy/setUp",
  /** Request to the server: no parameters → {@link SetUpPlace}[]. */
  setUpPlaces: "runnerProxy/setUpPlaces",
  /** Request to the server: {@link InstallCommandsParams} → {@link InstallCommandsResult}. */
  installCommands: "runnerProxy/installCommands",
} as const;
