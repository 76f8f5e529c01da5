import { commands, type Disposable, FileSystemError, type FileSystemProvider, Uri, window, workspace } from "vscode";
import { applyPreview, hasHands } from "./hands";
import { equal, findings, includes, open } from "./support";

const proxy = "http://proxy.corp-uk.example:8080";

describe("Set-up", () => {
  const cleanup: (() => unknown)[] = [];

  afterEach(async () => {
    for (const document of workspace.textDocuments) {
      if (!document.isDirty) continue;
      await window.showTextDocument(document);
      await commands.executeCommand("workbench.action.files.revert");
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
    for (const undo of cleanup.splice(0)) await undo();
  });

  it("of an empty folder gives a host without findings, and changes nothing the second time", async () => {
    const host = inWorkspace("new-host");
    cleanup.push(() => workspace.fs.delete(host, { recursive: true }));
    const request = { folder: host.toString(), proxy };
    equal(await commands.executeCommand("runnerProxy.setUp", request), true);
    const { document } = await open("new-host/etc/systemd/system/docker.service.d/http-proxy.conf");
    includes(document.getText(), `Environment="HTTP_PROXY=${proxy}"`);
    const config = await open("new-host/etc/gitlab-runner/config.toml");
    await workspace.saveAll();
    // The server hears of new files after a while.
    while ((await commands.executeCommand("runnerProxy.setUp", request)) !== false) await pause();
    equal([document, config.document].flatMap(findings), []);
  });

  it("asks, prefilled from the files, shows what it would do, and does it", async () => {
    const { document } = await open("etc/cntlm.conf");
    const made = inWorkspace("etc/systemd/system/cntlm.service.d");
    let done: unknown;
    void commands.executeCommand("runnerProxy.setUp").then((result) => {
      done = result;
    });
    if (hasHands) applyPreview(["cntlm.conf", "config.toml"]);
    cleanup.push(() => workspace.fs.delete(made, { recursive: true }));
    while (done === undefined) {
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      if (!hasHands) await commands.executeCommand("refactorPreview.apply");
      await pause();
    }
    equal(done, true);
    includes(document.getText(), "Domain        CORP-UK\n");
    includes(document.getText(), "Listen       172.17.0.1:3128\n");
    includes(new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(made, "after-docker.conf"))), "After=");
  });

  it("gives files that cannot be written as lines that install them", async () => {
    const provider = readOnly("read-only");
    cleanup.push(() => provider.dispose());
    while (workspace.fs.isWritableFileSystem("read-only") !== false) await pause();
    const request = { folder: "read-only:/host", proxy };
    equal(await commands.executeCommand("runnerProxy.setUp", request), false);
    const { document } = window.activeTextEditor ?? {};
    equal([document?.languageId, document?.isUntitled], ["shellscript", true]);
    includes(
      document?.getText() ?? "",
      "sudo install -D -o root -g root -m 0600 /dev/stdin /etc/gitlab-runner/config.toml <<'EOF'\nconcurrent = 1\n",
    );
    includes(document?.getText() ?? "", "sudo systemctl restart docker.service gitlab-runner.service");
  });
});

function inWorkspace(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("The workspace has no folder");
  return Uri.joinPath(folder.uri, path);
}

/** A file system with nothing in it, and nothing to be added. */
function readOnly(scheme: string): Disposable {
  const fail = () => {
    throw FileSystemError.FileNotFound();
  };
  const nothing: FileSystemProvider = {
    onDidChangeFile: () => ({ dispose: () => undefined }),
    watch: () => ({ dispose: () => undefined }),
    stat: fail,
    readDirectory: fail,
    createDirectory: fail,
    readFile: fail,
    writeFile: fail,
    delete: fail,
    rename: fail,
  };
  return workspace.registerFileSystemProvider(scheme, nothing, { isReadonly: true });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
