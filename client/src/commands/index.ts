import { commands, type Disposable, type LogOutputChannel } from "vscode";
import type { Server } from "../server.js";
import { generateDindScript } from "./generate-dind-script.js";
import { insertSnippet } from "./insert-snippet.js";
import { restartServer } from "./restart-server.js";
import { showOutput } from "./show-output.js";

/** Arguments come from key bindings, other extensions and tests: each command checks its own. */
export function registerCommands(server: Server, output: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand("runnerProxy.insertSnippet", (id: unknown) => insertSnippet(server, id)),
    commands.registerCommand("runnerProxy.generateDindScript", (request: unknown) =>
      generateDindScript(server, request),
    ),
    commands.registerCommand("runnerProxy.restartServer", () => restartServer(server)),
    commands.registerCommand("runnerProxy.showOutput", () => showOutput(output)),
  ];
}
