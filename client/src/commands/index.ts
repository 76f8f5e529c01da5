import { commands, type Disposable, type LogOutputChannel } from "vscode";
import type { ChainModel } from "../chain/model.js";
import type { ChainPanel } from "../chain/panel.js";
import type { RouteDocuments } from "../chain/route-documents.js";
import type { HostCheck } from "../check/host-check.js";
import type { ReportPage } from "../check/report-page.js";
import type { StepTests } from "../check/step-tests.js";
import type { DecodedDocuments } from "../decoded-documents.js";
import type { EmbeddedFiles } from "../embedded-files.js";
import type { Server } from "../server.js";
import { changeProxyAddress } from "./change-proxy-address.js";
import { checkHost } from "./check-host.js";
import { editEmbedded } from "./edit-embedded.js";
import { explainRoute } from "./explain-route.js";
import { generateDindScript } from "./generate-dind-script.js";
import { insertSnippet } from "./insert-snippet.js";
import { copyInstallCommands } from "./install-commands.js";
import { regenerateScript } from "./regenerate-script.js";
import { restartServer } from "./restart-server.js";
import { setUp } from "./set-up.js";
import { showChain } from "./show-chain.js";
import { showDecoded } from "./show-decoded.js";
import { showOutput } from "./show-output.js";

/** What commands work with. */
export interface Parts {
  readonly server: Server;
  readonly output: LogOutputChannel;
  readonly chain: ChainModel;
  readonly panel: ChainPanel;
  readonly routes: RouteDocuments;
  readonly check: HostCheck;
  readonly steps: StepTests;
  readonly report: ReportPage;
  readonly embedded: EmbeddedFiles;
  readonly decoded: DecodedDocuments;
}

/** Arguments come from key bindings, other extensions and tests: each command checks its own. */
export function registerCommands({
  server,
  output,
  chain,
  panel,
  routes,
  check,
  steps,
  report,
  embedded,
  decoded,
}: Parts): Disposable[] {
  return [
    commands.registerCommand("runnerProxy.insertSnippet", (id: unknown) => insertSnippet(server, id)),
    commands.registerCommand("runnerProxy.generateDindScript", (request: unknown) =>
      generateDindScript(server, request),
    ),
    commands.registerCommand("runnerProxy.showChain", () => showChain(panel)),
    commands.registerCommand("runnerProxy.explainRoute", (params: unknown) => explainRoute(routes, chain, params)),
    commands.registerCommand("runnerProxy.changeProxyAddress", (params: unknown) =>
      changeProxyAddress(server, chain, params),
    ),
    commands.registerCommand("runnerProxy.checkHost", () => checkHost(check, steps, report)),
    commands.registerCommand("runnerProxy.copyReport", () => report.copy()),
    commands.registerCommand("runnerProxy.setUp", (request: unknown) => setUp(server, request)),
    commands.registerCommand("runnerProxy.copyInstallCommands", () => copyInstallCommands(server)),
    commands.registerCommand("runnerProxy.editEmbedded", (place: unknown) => editEmbedded(embedded, place)),
    commands.registerCommand("runnerProxy.showDecoded", (place: unknown) => showDecoded(decoded, place)),
    commands.registerCommand("runnerProxy.regenerateScript", (place: unknown) => regenerateScript(server, place)),
    commands.registerCommand("runnerProxy.restartServer", () => restartServer(server)),
    commands.registerCommand("runnerProxy.showOutput", () => showOutput(output)),
  ];
}
