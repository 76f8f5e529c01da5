import {
  type ApplyWorkspaceEditResult,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  type ServerCapabilities,
  ShowMessageNotification,
} from "vscode-languageserver";
import { serverCommandNames, serverPrefix } from "../../protocol.js";
import { msg } from "../../text/message.js";
import type { Client } from "../client.js";
import { toWorkspaceEdit } from "../workspace-edit.js";
import type { Outcome } from "./command.js";
import { type CommandSession, createCommands } from "./commands.js";

export const commandCapabilities: ServerCapabilities = {
  executeCommandProvider: { commands: serverCommandNames.map((name) => serverPrefix + name) },
};

/** @param ready fulfilled when the settings are known and the files read */
export function serveCommands(
  connection: Connection,
  session: CommandSession,
  client: Client,
  ready: () => Promise<unknown>,
): void {
  const commands = createCommands(session);
  const { localize } = session;
  const fail = (message: string): never => {
    throw new ResponseError(LSPErrorCodes.RequestFailed, message);
  };

  const finish = async (outcome: Outcome): Promise<unknown> => {
    if ("problem" in outcome) return fail(outcome.problem);
    if ("change" in outcome) {
      const changed = await apply(outcome);
      show(changed.length > 0 || outcome.show ? outcome.show : localize(msg("All files hold this already.")));
      return { changed, ...outcome.result };
    }
    show(outcome.show);
    return outcome.result;
  };

  /** @returns the URIs of the changed files */
  const apply = async ({ change, label }: Extract<Outcome, { change: unknown }>): Promise<readonly string[]> => {
    const { edits, creates = [] } = change;
    const changed = [...new Set([...creates, ...edits.map(({ uri }) => uri)])];
    if (changed.length === 0) return [];
    if (!client.appliesEdits) return fail(localize(msg("This editor does not let the server change files.")));
    const edit = toWorkspaceEdit(session.service, change, client.edits);
    const answer = await connection.workspace.applyEdit({ label, edit }).catch(readFailure);
    return answer.applied
      ? changed
      : fail(answer.failureReason ?? localize(msg("The editor has not applied the change.")));
  };

  const show = (text: string | undefined): void => {
    if (text === undefined) return;
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: text });
  };

  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const name = serverCommandNames.find((one) => serverPrefix + one === command);
    if (!name) throw new ResponseError(ErrorCodes.InvalidParams, localize(msg("There is no command {0}.", command)));
    await ready();
    const list: readonly unknown[] = Array.isArray(args) ? args : [];
    return finish(await commands[name](list[0]));
  });
}

/** Some editors answer with an error where the user declines. */
function readFailure(error: unknown): ApplyWorkspaceEditResult {
  return { applied: false, ...(error instanceof Error && { failureReason: error.message }) };
}
