import { changeAddress } from "../../features/change-address.js";
import { explainRoute } from "../../features/explain-route.js";
import { answerDindScript } from "../../generate/answer.js";
import {
  type DindScriptRequest,
  isChangeAddressParams,
  isExplainRouteParams,
  isInstallCommandsParams,
  isReadEmbeddedParams,
  isRegenerateParams,
  isScriptParams,
  isSetUpParams,
  isWriteEmbeddedParams,
  type ServerCommandName,
  type SetUpFileInfo,
} from "../../protocol.js";
import type { FileEdit, Service } from "../../service.js";
import { type Localize, msg } from "../../text/message.js";
import type { EmbeddedAnswers } from "../embedded.js";
import type { SetUpAnswers } from "../set-up.js";
import type { EditClient } from "../workspace-edit.js";
import { command, type Outcome, type RunCommand } from "./command.js";
import { routeText } from "./route-text.js";

/** What commands work with. */
export interface CommandSession {
  readonly service: Service;
  readonly localize: Localize;
  readonly setUp: SetUpAnswers;
  readonly embedded: EmbeddedAnswers;
  /** A host's folder as people see it in the workspace. */
  readonly nameOf: (folder: string) => string;
  readonly edits: EditClient;
}

/** The server's commands by name: they do what the commands of our own client do, for editors without it. */
export function createCommands(session: CommandSession): Readonly<Record<ServerCommandName, RunCommand>> {
  const { service, localize, setUp, embedded, nameOf, edits: client } = session;
  return {
    setUp: command(localize, isSetUpParams, async (params): Promise<Outcome> => {
      const made = await setUp.setUp(params, client.creates);
      if ("problem" in made) return made;
      const { files, byHand } = made;
      const paths = byHand?.paths.join(", ");
      return {
        label: localize(msg("Set up the proxy")),
        change: {
          edits: files.flatMap(editsOf),
          creates: files.filter(({ creates }) => creates).map(({ uri }) => uri),
          confirm: (uri) => files.find((file) => file.uri === uri)?.path ?? uri,
        },
        ...(byHand && {
          result: { byHand },
          show: localize(
            msg(
              "{0} cannot be written from here. The command's result holds lines that put them in place.",
              paths ?? "",
            ),
          ),
        }),
      };
    }),
    changeProxyAddress: command(localize, isChangeAddressParams, ({ uri, from, to }): Outcome => {
      const made = changeAddress(service, uri, from, to);
      if ("problem" in made) return { problem: localize(made.problem) };
      const label = localize(msg("Rename to {0}", to));
      return { label, change: { edits: made.edits, confirm: () => label } };
    }),
    regenerateScript: command(localize, isRegenerateParams, ({ uri, position, request }): Outcome => {
      const place = { uri, ...(position && { position }) };
      const made: { request: DindScriptRequest; position?: typeof position } | { problem: string } = request
        ? { request, ...(position && { position }) }
        : embedded.regeneration(place);
      if ("problem" in made) return made;
      const script = answerDindScript(service, localize, { uri, ...made });
      if ("problem" in script) return script;
      const edits = script.edits.map(({ range, newText }) => ({ uri, range, newText }));
      return { label: localize(msg("Regenerate")), change: { edits } };
    }),
    readEmbedded: command(localize, isReadEmbeddedParams, (params): Outcome => {
      const found = embedded.read(params);
      return "problem" in found ? found : { result: found };
    }),
    writeEmbedded: command(localize, isWriteEmbeddedParams, (params): Outcome => {
      const found = embedded.write(params);
      if ("problem" in found) return found;
      const { edits, version } = found;
      const { uri } = params;
      return {
        label: localize(msg("Edit embedded JSON")),
        change: { edits: edits.map((edit) => ({ uri, ...edit })) },
        result: { version },
      };
    }),
    showDecoded: command(localize, isScriptParams, (params): Outcome => {
      const found = embedded.decoded(params);
      return "problem" in found ? found : { result: found.text, show: found.text };
    }),
    explainRoute: command(localize, isExplainRouteParams, ({ url, uri }): Outcome => {
      const text = routeText(url, explainRoute(service, url, uri, localize), nameOf, localize);
      return { result: text, show: text };
    }),
    installCommands: command(localize, isInstallCommandsParams, (params): Outcome => {
      const found = setUp.install(params);
      return "problem" in found ? found : { result: found.text, show: found.text };
    }),
  };
}

/** A file that is made gets its text by an edit, since a client may not take a text along. */
function editsOf({ uri, text, creates, edits }: SetUpFileInfo): readonly FileEdit[] {
  const start = { line: 0, character: 0 };
  if (creates) return [{ uri, range: { start, end: start }, newText: text }];
  return edits.map((edit) => ({ uri, ...edit }));
}
