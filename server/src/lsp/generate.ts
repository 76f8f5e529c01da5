import { type Connection, RequestType } from "vscode-languageserver";
import {
  answerDindDefaults,
  answerDindScript,
  answerInsertSnippet,
  answerPreview,
  answerSnippets,
} from "../generate/answer.js";
import {
  type DindDefaults,
  type DindDefaultsParams,
  type DindScriptParams,
  type InsertionResult,
  type InsertSnippetParams,
  methods,
  type PreviewResult,
  type SnippetInfo,
  type SnippetsParams,
} from "../protocol.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";

const snippets = new RequestType<SnippetsParams, SnippetInfo[], void>(methods.snippets);
const insertSnippet = new RequestType<InsertSnippetParams, InsertionResult, void>(methods.insertSnippet);
const dindDefaults = new RequestType<DindDefaultsParams, DindDefaults, void>(methods.dindDefaults);
const dindScript = new RequestType<DindScriptParams, InsertionResult, void>(methods.dindScript);
const previewDindScript = new RequestType<DindScriptParams, PreviewResult, void>(methods.previewDindScript);

/** Serves what the client's commands for snippets and scripts ask. */
export function serveGenerators(connection: Connection, service: Service, localize: Localize): void {
  connection.onRequest(snippets, (params) => answerSnippets(service, localize, params));
  connection.onRequest(insertSnippet, (params) => answerInsertSnippet(service, localize, params));
  connection.onRequest(dindDefaults, (params) => answerDindDefaults(service, params));
  connection.onRequest(previewDindScript, (params) => answerPreview(service, localize, params));
  connection.onRequest(dindScript, (params) => answerDindScript(service, localize, params));
}
