import { type Connection, ErrorCodes, RequestType, ResponseError } from "vscode-languageserver";
import {
  answerDindDefaults,
  answerDindScript,
  answerInsertSnippet,
  answerPreview,
  answerSnippets,
} from "../generate/answer.js";
import {
  type DindDefaults,
  type InsertionResult,
  isDindDefaultsParams,
  isDindScriptParams,
  isInsertSnippetParams,
  isSnippetsParams,
  methods,
  type PreviewResult,
  type SnippetInfo,
} from "../protocol.js";
import type { Service } from "../service.js";
import { type Localize, msg } from "../text/message.js";

const snippets = new RequestType<unknown, SnippetInfo[], void>(methods.snippets);
const insertSnippet = new RequestType<unknown, InsertionResult, void>(methods.insertSnippet);
const dindDefaults = new RequestType<unknown, DindDefaults, void>(methods.dindDefaults);
const dindScript = new RequestType<unknown, InsertionResult, void>(methods.dindScript);
const previewDindScript = new RequestType<unknown, PreviewResult, void>(methods.previewDindScript);

/** Serves what the client's commands for snippets and scripts ask. */
export function serveGenerators(connection: Connection, service: Service, localize: Localize): void {
  const unclear = () => localize(msg("The request does not say what script is wanted."));
  const refused = () => new ResponseError<void>(ErrorCodes.InvalidParams, unclear());
  connection.onRequest(snippets, (params) =>
    isSnippetsParams(params) ? answerSnippets(service, localize, params) : refused(),
  );
  connection.onRequest(insertSnippet, (params) =>
    isInsertSnippetParams(params) ? answerInsertSnippet(service, localize, params) : { problem: unclear() },
  );
  connection.onRequest(dindDefaults, (params) =>
    isDindDefaultsParams(params) ? answerDindDefaults(service, params) : refused(),
  );
  connection.onRequest(previewDindScript, (params) =>
    isDindScriptParams(params) ? answerPreview(service, localize, params) : { problem: unclear() },
  );
  connection.onRequest(dindScript, (params) =>
    isDindScriptParams(params) ? answerDindScript(service, localize, params) : { problem: unclear() },
  );
}
