import { commands, env, l10n, Position, Uri, ViewColumn, WorkspaceEdit, window, workspace } from "vscode";
import { isSetUpParams, methods, type SetUpFileInfo, type SetUpResult } from "../../../server/src/protocol.js";
import { rangeOf } from "../chain/place.js";
import { OpenVersions } from "../open-versions.js";
import type { Server } from "../server.js";
import { askSetUp } from "./ask-set-up.js";
import { copyInstallCommands } from "./install-commands.js";

/**
 * Writes or amends every file of a host's chain, shown before it is done. Those that cannot be written are shown as lines for
 * a shell that put them in place.
 * @param argument a {@link SetUpParams}; anything else asks the user
 * @returns whether anything was changed
 */
export async function setUp(server: Server, argument: unknown): Promise<boolean> {
  const asked = !isSetUpParams(argument);
  const params = asked ? await askSetUp(server) : argument;
  if (!params) return false;
  const versions = new OpenVersions();
  const result = await server.request<SetUpResult>(methods.setUp, params);
  if ("problem" in result) {
    void window.showWarningMessage(result.problem);
    return false;
  }
  const { files, byHand } = result;
  if (files.length === 0 && !byHand) {
    void window.showInformationMessage(l10n.t("All files hold this already."));
    return false;
  }
  if (versions.changed(files.map(({ uri }) => uri))) {
    void window.showWarningMessage(l10n.t("The document has changed meanwhile. Try again."));
    return false;
  }
  const done = files.length > 0 && (await apply(files, asked));
  if (byHand && (done || files.length === 0)) await showByHand(byHand);
  if (done) void offerRest(server, files);
  return done;
}

/**
 * VS Code shows a preview where an edit needs to be confirmed, and leaves out what is not ticked then. So it is an edit that
 * changes nothing that asks, and all others stand ticked.
 * @param confirm the user sees the edits first and may leave some out
 */
function apply(files: readonly SetUpFileInfo[], confirm: boolean): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  for (const { uri, path, text, creates, edits } of files) {
    const file = Uri.parse(uri, true);
    const metadata = { label: path, needsConfirmation: false };
    if (creates) edit.createFile(file, { contents: new TextEncoder().encode(text), overwrite: false }, metadata);
    for (const one of edits) edit.replace(file, rangeOf(one), one.newText, metadata);
  }
  const [first] = files;
  if (first && confirm) {
    const question = { label: l10n.t("Apply what is ticked?"), needsConfirmation: true };
    edit.insert(Uri.parse(first.uri, true), new Position(0, 0), "", question);
  }
  return workspace.applyEdit(edit, { isRefactoring: true });
}

async function showByHand({
  paths,
  text,
}: {
  readonly paths: readonly string[];
  readonly text: string;
}): Promise<void> {
  const document = await workspace.openTextDocument({ language: "shellscript", content: text });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
  void offerCopy(paths, text);
}

async function offerCopy(paths: readonly string[], text: string): Promise<void> {
  const copy = l10n.t("Copy");
  const message = l10n.t(
    "These files cannot be written from here: {0}. The lines that put them in place are shown. Read them before you run them.",
    paths.join(", "),
  );
  if ((await window.showInformationMessage(message, copy)) === copy) await env.clipboard.writeText(text);
}

/** What is left to do: edits are not saved yet, and the host may be another machine. */
async function offerRest(server: Server, files: readonly SetUpFileInfo[]): Promise<void> {
  const [save, copy] = [l10n.t("Save All"), l10n.t("Copy Install Commands")];
  const message = l10n.t("The proxy is set up in {0} files.", files.length);
  const chosen = await window.showInformationMessage(message, save, copy);
  if (chosen === save) await commands.executeCommand("workbench.action.files.saveAll");
  if (chosen === copy)
    await copyInstallCommands(
      server,
      files.map(({ uri }) => uri),
    );
}
