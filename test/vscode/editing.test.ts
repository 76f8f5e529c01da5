import { commands, type Location, Range, type TextDocument, WorkspaceEdit, window, workspace } from "vscode";
import { applyPreview, hasHands, typeInto } from "./hands";
import { equal, equalText, findingsWhen, includes, moveTo, nextChange, open } from "./support";

const toml = "etc/gitlab-runner/config.toml";

describe("Finding the way and changing things", () => {
  afterEach(async () => {
    for (const document of workspace.textDocuments) {
      if (document.isDirty) {
        await window.showTextDocument(document);
        await commands.executeCommand("workbench.action.files.revert");
      }
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("lead from a variable in a script to the entry that sets it", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.length > 0);
    const at = document.positionAt(document.getText().indexOf("$HTTP_PROXY") + 3);
    const found = await commands.executeCommand<Location[]>("vscode.executeDefinitionProvider", document.uri, at);
    equal(
      found.map(({ range }) => document.getText(range)),
      ["HTTP_PROXY"],
    );
  });

  it("rename an endpoint in three files, shown before it is done", async () => {
    const paths = [toml, "etc/cntlm.conf", "etc/systemd/system/docker.service.d/http-proxy.conf"];
    const documents: TextDocument[] = [];
    for (const path of paths) documents.push((await open(path)).document);
    const editor = await open(toml);
    await findingsWhen(editor.document, (rules) => rules.length > 0);
    moveTo(editor, editor.document.positionAt(editor.document.getText().indexOf("172.17.0.1:3128") + 3));
    if (!hasHands) {
      const name = "172.17.0.1:3129";
      const { document, selection } = editor;
      const renamed = commands.executeCommand<WorkspaceEdit>(
        "vscode.executeDocumentRenameProvider",
        document.uri,
        selection.active,
        name,
      );
      for (const { uri } of documents) equal((await renamed).has(uri), true);
      return;
    }
    void commands.executeCommand("editor.action.rename");
    typeInto(".rename-box input", "172.17.0.1:3129", "Control+Enter");
    applyPreview(["cntlm.conf", "config.toml"]);
    while (!documents.every(({ isDirty }) => isDirty)) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const document of documents) includes(document.getText(), "3129");
  });

  it("edit the JSON of a script as a document, and write it back", async () => {
    const editor = await open(toml);
    const { document } = editor;
    await findingsWhen(document, (rules) => rules.length > 0);
    const before = document.getText();
    moveTo(editor, document.positionAt(before.indexOf("mkdir -p $HOME")));
    equal(await commands.executeCommand("runnerProxy.editEmbedded"), true);
    const json = window.activeTextEditor?.document;
    if (json?.languageId !== "json") throw new Error("No JSON was opened");
    includes(json.getText(), '"noProxy": "$NO_PROXY"');
    // The document in the workspace stays as it is on disk: it is dirty, so that saving is left to the user.
    await editText(document, "concurrent = 4", "concurrent = 5");
    await editText(json, "$HTTPS_PROXY,", '"$HTTPS_PROXY",');
    await editText(json, "$NO_PROXY", "localhost,$NO_PROXY");
    const changed = nextChange(document);
    equal(await json.save(), true);
    await changed;
    equalText(
      document.getText(),
      before
        .replace("concurrent = 4", "concurrent = 5")
        .replace(String.raw`\"$HTTPS_PROXY\"`, () => String.raw`\"\\\"$HTTPS_PROXY\\\"\"`)
        .replace(String.raw`\\\"$NO_PROXY`, () => String.raw`\\\"localhost,$NO_PROXY`),
    );
  });
});

async function editText(document: TextDocument, piece: string, replacement: string): Promise<void> {
  const start = document.getText().indexOf(piece);
  const edit = new WorkspaceEdit();
  edit.replace(
    document.uri,
    new Range(document.positionAt(start), document.positionAt(start + piece.length)),
    replacement,
  );
  equal(await workspace.applyEdit(edit), true);
}
