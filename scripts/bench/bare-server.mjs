// The least that a language server can do: it keeps the open documents and has nothing to say of them. With --yaml it
// parses them first, as a server without more ideas would.
import { createRequire } from "node:module";
import { TextDocument } from "vscode-languageserver-textdocument";

const { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } = createRequire(import.meta.url)(
  "vscode-languageserver/node",
);
const { parseDocument } = process.argv.includes("--yaml") ? await import("yaml") : { parseDocument: undefined };

const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
  },
}));
connection.languages.diagnostics.on(
  (/** @type {import("vscode-languageserver").DocumentDiagnosticParams} */ { textDocument }) => {
    parseDocument?.(documents.get(textDocument.uri)?.getText() ?? "");
    return { kind: "full", items: [] };
  },
);
documents.listen(connection);
connection.listen();
