import { type Connection, RequestType } from "vscode-languageserver";
import { installCommands } from "../features/install-commands.js";
import { difference } from "../generate/place/placement.js";
import { type SetUpFile, setUp } from "../generate/set-up.js";
import { plainText } from "../generate/template.js";
import {
  type InstallCommandsParams,
  type InstallCommandsResult,
  isSetUpParams,
  methods,
  type SetUpParams,
  type SetUpResult,
} from "../protocol.js";
import type { Service } from "../service.js";
import { LineIndex } from "../text/line-index.js";
import { type Localize, msg } from "../text/message.js";

const setUpRequest = new RequestType<SetUpParams, SetUpResult, void>(methods.setUp);
const install = new RequestType<InstallCommandsParams, InstallCommandsResult, void>(methods.installCommands);

/** Says how a host's files should be, and how they come into place. */
export function serveSetUp(connection: Connection, service: Service, localize: Localize): void {
  connection.onRequest(setUpRequest, (params) => {
    if (!isSetUpParams(params)) return { problem: localize(msg("The request does not say what to set up.")) };
    const { folder, ...request } = params;
    const made = setUp(service, folder, request);
    return "problem" in made ? { problem: localize(made.problem) } : { files: made.files.map(toFile) };
  });
  connection.onRequest(install, ({ uris }) => {
    const made = installCommands(service, uris);
    return "problem" in made ? { problem: localize(made.problem) } : made;
  });
}

function toFile({ uri, path, text, before }: SetUpFile) {
  const lines = new LineIndex(before ?? "");
  const edits = before === undefined ? [] : difference(before, text);
  return {
    uri,
    path,
    text,
    creates: before === undefined,
    edits: edits.map(({ span, template }) => ({ range: lines.range(span), newText: plainText(template) })),
  };
}
