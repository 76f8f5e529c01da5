import { type ExtensionContext, languages, window, workspace } from "vscode";
import { registerCommands } from "./commands/index.js";
import { documentSelector } from "./selector.js";
import { type CreateClient, Server } from "./server.js";
import { StatusItem } from "./status.js";

/**
 * What both entry points do. The server is started when the first document that may concern it is opened, or a command
 * needs it: opening any other TOML, YAML or JSON file costs next to nothing.
 */
export function activateWith(context: ExtensionContext, createClient: CreateClient): void {
  const output = window.createOutputChannel("Runner Proxy", { log: true });
  const server = new Server(createClient, output);
  const status = new StatusItem(server);
  context.subscriptions.push(
    output,
    server,
    status,
    ...registerCommands(server, output),
    workspace.onDidOpenTextDocument((document) => {
      if (languages.match(documentSelector(), document) > 0) server.startQuietly();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("runnerProxy.files")) return;
      status.updateSelector();
      if (server.started) void server.restart();
      else startIfConcerned(server);
    }),
  );
  startIfConcerned(server);
}

function startIfConcerned(server: Server): void {
  const selector = documentSelector();
  if (workspace.textDocuments.some((document) => languages.match(selector, document) > 0)) server.startQuietly();
}
