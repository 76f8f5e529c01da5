import { type Connection, RequestType } from "vscode-languageserver";
import { readEmbedded, writeEmbedded } from "../features/embedded/edit.js";
import {
  isWriteEmbeddedParams,
  methods,
  type ReadEmbeddedParams,
  type ReadEmbeddedResult,
  type WriteEmbeddedParams,
  type WriteEmbeddedResult,
} from "../protocol.js";
import type { Service } from "../service.js";
import { type Localize, msg } from "../text/message.js";

const read = new RequestType<ReadEmbeddedParams, ReadEmbeddedResult, void>(methods.readEmbedded);
const write = new RequestType<WriteEmbeddedParams, WriteEmbeddedResult, void>(methods.writeEmbedded);

/** Hands out the JSON of scripts as documents, and writes them back. */
export function serveEmbedded(connection: Connection, service: Service, localize: Localize): void {
  connection.onRequest(read, ({ uri, position, id }) => {
    const offset = position && service.document(uri)?.lines.offset(position);
    const found = readEmbedded(service, uri, id ?? offset);
    return "problem" in found ? { problem: localize(found.problem) } : found;
  });
  connection.onRequest(write, (params) => {
    if (!isWriteEmbeddedParams(params)) return { problem: localize(msg("The request does not say what to write.")) };
    const { uri, id, version, text } = params;
    const found = writeEmbedded(service, uri, id, version, text);
    return "problem" in found ? { problem: localize(found.problem) } : found;
  });
}
