import { commands, type Location, Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
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

  it("rename an endpoint in all files of the host", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.length > 0);
    const at = document.positionAt(document.getText().indexOf("172.17.0.1:3128") + 3);
    const name = "172.17.0.1:3129";
    const edit = await commands.executeCommand<WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      at,
      name,
    );
    const files = edit.entries().map(([uri]) => uri.path.slice(uri.path.lastIndexOf("/etc/")));
    for (const path of [`/${toml}`, "/etc/cntlm.conf", "/etc/systemd/system/docker.service.d/http-proxy.conf"]) {
      includes(files.join("\n"), path);
    }
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

  it("set up a host in one edit, and change nothing the second time", async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.parse("");
    const host = Uri.joinPath(folder, "new-host");
    const request = { folder: host.toString(), proxy: "http://proxy.corp-uk.example:8080" };
    try {
      equal(await commands.executeCommand("runnerProxy.setUp", request), true);
      const made = Uri.joinPath(host, "etc/systemd/system/docker.service.d/http-proxy.conf");
      const document = await workspace.openTextDocument(made);
      includes(document.getText(), 'Environment="HTTP_PROXY=http://proxy.corp-uk.example:8080"');
      await open("new-host/etc/gitlab-runner/config.toml");
      await workspace.saveAll();
      await waitUntil(async () => (await commands.executeCommand("runnerProxy.setUp", request)) === false);
    } finally {
      await workspace.fs.delete(host, { recursive: true });
    }
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

/** The server hears of new files after a while. */
async function waitUntil(satisfied: () => Promise<boolean>): Promise<void> {
  while (!(await satisfied())) await new Promise((resolve) => setTimeout(resolve, 50));
}
