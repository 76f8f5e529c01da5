import type { Connection } from "vscode-languageserver";
import { answerDindScript, answerInsertSnippet, answerSnippets } from "../generate/answer.js";
import {
  type DindScriptParams,
  type InsertionResult,
  type InsertSnippetParams,
  methods,
  type SnippetInfo,
  type SnippetsParams,
} from "../protocol.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";

/** Serves what the client's commands for snippets and scripts ask. */
export function serveGenerators(connection: Connection, service: Service, localize: Localize): void {
  connection.onRequest(methods.snippets, (params: SnippetsParams): SnippetInfo[] =>
    answerSnippets(service, localize, params),
  );
  connection.onRequest(
    methods.insertSnippet,
    (params: InsertSnippetParams): InsertionResult => answerInsertSnippet(service, localize, params),
  );
  connection.onRequest(
    methods.dindScript,
    (params: DindScriptParams): InsertionResult => answerDindScript(service, localize, params),
  );
}
