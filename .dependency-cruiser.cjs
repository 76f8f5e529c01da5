/** Invariant 1 of docs/architecture.md: the engine is pure, adapters are thin, and nothing goes in circles. */
const engine = "^server/src/(?!lsp/node|cli/|probe/|start/)";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "engine-has-no-node",
      comment: "The engine runs in a browser worker.",
      severity: "error",
      from: { path: engine },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "engine-reaches-no-node",
      comment: "service.ts and all it imports run in a worker.",
      severity: "error",
      from: { path: "^server/src/service\\.ts$" },
      to: { reachable: true, path: "^server/src/(lsp|cli|probe|start)/|^node:" },
    },
    {
      name: "engine-has-no-adapters",
      severity: "error",
      from: { path: "^server/src/(?!lsp/|cli/)" },
      to: { path: "^server/src/(lsp|cli)/" },
    },
    {
      name: "only-lsp-has-a-connection",
      severity: "error",
      from: { path: "^server/src/(?!lsp/)" },
      to: { path: "node_modules/vscode-languageserver/" },
    },
    {
      name: "only-client-has-vscode",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^vscode$|node_modules/vscode-languageclient" },
    },
    {
      name: "client-has-no-proxy-knowledge",
      severity: "error",
      from: { path: "^client/" },
      to: { path: "^server/src/(?!protocol)" },
    },
    {
      name: "client-core-has-no-node",
      severity: "error",
      from: { path: "^client/src/(?!node/)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "layers",
      comment: "text and quoting know no domain; formats know no rules.",
      severity: "error",
      from: { path: "^server/src/(text|quoting)/" },
      to: { path: "^server/src/(?!text/|quoting/)" },
    },
    {
      name: "formats-know-no-rules",
      severity: "error",
      from: { path: "^server/src/(formats|proxy|shell)/" },
      to: { path: "^server/src/(rules|workspace|features|generate)/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "node", "default"],
    },
  },
};
