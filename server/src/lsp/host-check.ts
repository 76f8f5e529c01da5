import type { Connection } from "vscode-languageserver";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";

/** What a check of the server's machine goes by. */
export interface HostCheckSession {
  readonly connection: Connection;
  readonly service: Service;
  readonly localize: Localize;
  /** Resolves when the files of the workspace have been read. */
  readonly scanned: () => Promise<unknown>;
}

/** Serves the client's wish to check the machine that the server runs on. A worker in a browser has none. */
export type HostCheck = (session: HostCheckSession) => void;
