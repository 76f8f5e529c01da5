import { type ExtensionContext, languages, type TestItem, type TreeDataProvider, window, workspace } from "vscode";
import { ChainModel } from "./chain/model.js";
import { ChainPanel } from "./chain/panel.js";
import { RouteDocuments } from "./chain/route-documents.js";
import { type ChainNode, ChainTree } from "./chain/tree.js";
import { HostCheck } from "./check/host-check.js";
import { ReportPage } from "./check/report-page.js";
import { StepTests } from "./check/step-tests.js";
import { registerCommands } from "./commands/index.js";
import { DecodedDocuments } from "./decoded-documents.js";
import { EmbeddedFiles } from "./embedded-files.js";
import { documentSelector } from "./selector.js";
import { type CreateClient, Server } from "./server.js";
import { StatusItem } from "./status.js";

/** What the extension hands to others. */
export interface Api {
  /** The chains of the workspace, as the Explorer shows them. */
  readonly chainTree: TreeDataProvider<ChainNode>;
  /** The last check of this host, as the Testing view shows it. */
  readonly checkedHost: () => TestItem | undefined;
}

/**
 * What both entry points do. The server is started when the first document that may concern it is opened, or a command
 * needs it: opening any other TOML, YAML or JSON file costs next to nothing.
 */
export function activateWith(context: ExtensionContext, createClient: CreateClient): Api {
  const output = window.createOutputChannel("Runner Proxy", { log: true });
  const server = new Server(createClient, output);
  const status = new StatusItem(server);
  const chain = new ChainModel(server);
  const chainTree = new ChainTree(chain);
  const panel = new ChainPanel(context, chain);
  const routes = new RouteDocuments(server, chain);
  const check = new HostCheck(server);
  const steps = new StepTests(check);
  const report = new ReportPage(check);
  const embedded = new EmbeddedFiles(server);
  const decoded = new DecodedDocuments(server);
  context.subscriptions.push(
    output,
    embedded,
    decoded,
    server,
    status,
    chain,
    panel,
    routes,
    check,
    steps,
    report,
    window.createTreeView("runnerProxy.chain", { treeDataProvider: chainTree }),
    ...registerCommands({ server, output, chain, panel, routes, check, steps, report, embedded, decoded }),
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
  return { chainTree, checkedHost: () => steps.host };
}

function startIfConcerned(server: Server): void {
  const selector = documentSelector();
  if (workspace.textDocuments.some((document) => languages.match(selector, document) > 0)) server.startQuietly();
}
