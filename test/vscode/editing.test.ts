import {
  type CompletionList,
  commands,
  type DocumentLink,
  type Location,
  languages,
  Range,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
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

  it("lead from an address to the Listen that serves it", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.length > 0);
    const links = await commands.executeCommand<DocumentLink[]>("vscode.executeLinkProvider", document.uri);
    const found = links.filter(({ range }) => document.getText(range) === "172.17.0.1:3128");
    const targets = found.map(({ target }) => `${target?.path.replace(/.*(?=\/etc\/)/, "")}#${target?.fragment}`);
    equal([...new Set(targets)], ["/etc/cntlm.conf#L9"]);
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
    while (!documents.every(({ isDirty }) => isDirty)) await pause();
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
    // $HTTPS_PROXY lacks its quotes, which the JSON's own diagnostics tell.
    while (languages.getDiagnostics(json.uri).length === 0) await pause();
    while (!(await completedKeys(json)).includes("ftpProxy")) await pause();
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

  it("leave a script alone that has changed while its JSON was edited", async () => {
    const editor = await open(toml);
    const { document } = editor;
    await findingsWhen(document, (rules) => rules.length > 0);
    moveTo(editor, document.positionAt(document.getText().indexOf("mkdir -p $HOME")));
    equal(await commands.executeCommand("runnerProxy.editEmbedded"), true);
    const json = window.activeTextEditor?.document;
    if (!json) throw new Error("No JSON was opened");
    await editText(json, "$HTTP_PROXY", "http://proxy.example:1");
    await editText(document, String.raw`\\\"$NO_PROXY`, String.raw`\\\"docker,$NO_PROXY`);
    const changed = document.getText();
    equal(await json.save(), false);
    equalText(document.getText(), changed);
  });
});

/** What the JSON's own completion offers beside a key; it comes after a while. */
async function completedKeys(json: TextDocument): Promise<readonly string[]> {
  const at = json.positionAt(json.getText().indexOf('"httpProxy"'));
  const command = "vscode.executeCompletionItemProvider";
  const { items } = await commands.executeCommand<CompletionList>(command, json.uri, at);
  return items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

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
