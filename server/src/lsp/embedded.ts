import { type Connection, RequestType } from "vscode-languageserver";
import { decodedScript } from "../features/embedded/decoded.js";
import { readEmbedded, writeEmbedded } from "../features/embedded/edit.js";
import { regeneration } from "../generate/regenerate.js";
import {
  type DecodedScriptResult,
  isReadEmbeddedParams,
  isScriptParams,
  isWriteEmbeddedParams,
  methods,
  type ReadEmbeddedParams,
  type ReadEmbeddedResult,
  type RegenerationResult,
  type ScriptParams,
  type WriteEmbeddedParams,
  type WriteEmbeddedResult,
} from "../protocol.js";
import type { Service } from "../service.js";
import { type Localize, msg } from "../text/message.js";

const read = new RequestType<unknown, ReadEmbeddedResult, void>(methods.readEmbedded);
const write = new RequestType<unknown, WriteEmbeddedResult, void>(methods.writeEmbedded);
const decoded = new RequestType<unknown, DecodedScriptResult, void>(methods.decodedScript);
const regenerate = new RequestType<unknown, RegenerationResult, void>(methods.regeneration);

/** Answers about scripts that write Docker's JSON. */
export class EmbeddedAnswers {
  constructor(
    private readonly service: Service,
    private readonly localize: Localize,
  ) {}

  read({ uri, position, id }: ReadEmbeddedParams): ReadEmbeddedResult {
    const found = readEmbedded(this.service, uri, id ?? this.offset({ uri, ...(position && { position }) }));
    return "problem" in found ? { problem: this.localize(found.problem) } : found;
  }

  write({ uri, id, version, text }: WriteEmbeddedParams): WriteEmbeddedResult {
    const found = writeEmbedded(this.service, uri, id, version, text);
    return "problem" in found ? { problem: this.localize(found.problem) } : found;
  }

  decoded(params: ScriptParams): DecodedScriptResult {
    const found = decodedScript(this.service, params.uri, this.offset(params), this.localize);
    return "problem" in found ? { problem: this.localize(found.problem) } : found;
  }

  regeneration(params: ScriptParams): RegenerationResult {
    const found = regeneration(this.service, params.uri, this.offset(params));
    if ("problem" in found) return { problem: this.localize(found.problem) };
    const position = this.service.document(params.uri)?.lines.position(found.offset) ?? { line: 0, character: 0 };
    return { request: found.request, position };
  }

  private offset({ uri, position }: ScriptParams): number | undefined {
    return position && this.service.document(uri)?.lines.offset(position);
  }
}

/** Hands out the JSON of scripts as documents, writes them back, and says what scripts come to. */
export function serveEmbedded(connection: Connection, answers: EmbeddedAnswers, localize: Localize): void {
  const unclear = () => ({ problem: localize(msg("The request does not say what script is meant.")) });
  connection.onRequest(read, (params) => (isReadEmbeddedParams(params) ? answers.read(params) : unclear()));
  connection.onRequest(write, (params) =>
    isWriteEmbeddedParams(params)
      ? answers.write(params)
      : { problem: localize(msg("The request does not say what to write.")) },
  );
  connection.onRequest(decoded, (params) => (isScriptParams(params) ? answers.decoded(params) : unclear()));
  connection.onRequest(regenerate, (params) => (isScriptParams(params) ? answers.regeneration(params) : unclear()));
}
