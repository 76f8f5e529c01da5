import type { CodeLens, Connection } from "vscode-languageserver";
import { codeLenses } from "../features/code-lenses/code-lenses.js";
import type { LensCommand } from "../features/code-lenses/lens.js";
import { clientPrefix, serverCommandNames, serverPrefix } from "../protocol.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";
import type { Client } from "./client.js";

/** Serves the lenses whose commands there are: those of our own client, or those of the server for editors without it. */
export function serveCodeLenses(connection: Connection, service: Service, localize: Localize, client: Client): void {
  connection.onCodeLens(({ textDocument: { uri } }) =>
    codeLenses(service, uri).flatMap(({ range, title, command, argument }): CodeLens[] => {
      const id = commandId(command, client);
      if (id === undefined) return [];
      return [{ range, command: { title: localize(title), command: id, arguments: [argument] } }];
    }),
  );
}

function commandId(command: LensCommand, { options }: Client): string | undefined {
  if (options.servesFiles) return clientPrefix + command;
  const name = serverCommandNames.find((one) => one === command);
  return name && serverPrefix + name;
}
