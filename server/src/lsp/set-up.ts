import { type Connection, RequestType, RequestType0 } from "vscode-languageserver";
import { installCommands, installTexts } from "../features/install-commands.js";
import { setUpPlaces } from "../generate/set-up/places.js";
import { type SetUpFile, setUp } from "../generate/set-up/set-up.js";
import {
  type InstallCommandsParams,
  type InstallCommandsResult,
  isInstallCommandsParams,
  isSetUpParams,
  methods,
  type SetUpFileInfo,
  type SetUpParams,
  type SetUpPlace,
  type SetUpResult,
} from "../protocol.js";
import type { Service } from "../service.js";
import type { ConfigText } from "../settings/config-edits.js";
import { lineEdits } from "../text/differences.js";
import { LineIndex } from "../text/line-index.js";
import { type Localize, msg } from "../text/message.js";
import { pathOf } from "../text/uri.js";
import { hostName } from "./chain.js";
import type { FileAccess } from "./files.js";

const setUpRequest = new RequestType<unknown, SetUpResult, void>(methods.setUp);
const placesRequest = new RequestType0<readonly SetUpPlace[], void>(methods.setUpPlaces);
const installRequest = new RequestType<unknown, InstallCommandsResult, void>(methods.installCommands);

/** What a set-up goes by. */
export interface SetUpSession {
  readonly service: Service;
  readonly localize: Localize;
  readonly files: Pick<FileAccess, "canWrite">;
  /** URIs of the workspace's folders. */
  readonly folders: () => readonly string[];
  /** The settings beside the files, or where they would be. */
  readonly config: () => ConfigText | undefined;
}

/** Answers how a host's files should be, and how they come into place. */
export class SetUpAnswers {
  constructor(private readonly session: SetUpSession) {}

  places(): readonly SetUpPlace[] {
    const { service, folders } = this.session;
    return setUpPlaces(service, folders()).map(({ folder, known }) => {
      return { folder, name: hostName(pathOf(folder), folders()), known };
    });
  }

  /** @param canCreate the client can be told to make a file */
  async setUp({ folder, ...request }: SetUpParams, canCreate = true): Promise<SetUpResult> {
    const { service, localize, files, config } = this.session;
    const made = setUp(service, folder, request, config());
    if ("problem" in made) return { problem: localize(made.problem) };
    const writable = await Promise.all(
      made.files.map(async ({ uri, before }) => (canCreate || before !== undefined) && (await files.canWrite(uri))),
    );
    const others = made.files.filter((_, index) => !writable[index]);
    return {
      files: made.files.filter((_, index) => writable[index]).map(toFile),
      ...(others.length > 0 && {
        byHand: { paths: others.map(({ path }) => path), text: installTexts(service, others) },
      }),
    };
  }

  install({ uris }: InstallCommandsParams): InstallCommandsResult {
    const made = installCommands(this.session.service, uris);
    return "problem" in made ? { problem: this.session.localize(made.problem) } : made;
  }
}

/** @param ready fulfilled when the settings are known and the files read */
export function serveSetUp(
  connection: Connection,
  answers: SetUpAnswers,
  localize: Localize,
  ready: () => Promise<unknown>,
): void {
  connection.onRequest(setUpRequest, async (params) => {
    if (!isSetUpParams(params)) return { problem: localize(msg("The request does not say what to set up.")) };
    await ready();
    return answers.setUp(params);
  });
  connection.onRequest(placesRequest, async () => {
    await ready();
    return answers.places();
  });
  connection.onRequest(installRequest, (params) =>
    isInstallCommandsParams(params)
      ? answers.install(params)
      : { problem: localize(msg("The request does not say which files are meant.")) },
  );
}

function toFile({ uri, path, text, before }: SetUpFile): SetUpFileInfo {
  const lines = new LineIndex(before ?? "");
  const edits = before === undefined ? [] : lineEdits(before, text);
  return {
    uri,
    path,
    text,
    creates: before === undefined,
    edits: edits.map(({ span, newText }) => ({ range: lines.range(span), newText })),
  };
}
