import {
  type CodeLens,
  commands,
  extensions,
  TabInputWebview,
  type TextDocument,
  type TreeDataProvider,
  TreeItem,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { equal, equalText, findingsWhen, includes, open } from "./support";

const gitlab = "https://gitlab.corp-uk.example/";

describe("The chain", () => {
  before(async () => {
    const { document } = await open("etc/cntlm.conf");
    await findingsWhen(document, (rules) => rules.length > 0);
  });
  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  it("is a tree: each hop with its state and address, and below it what is wrong", async () => {
    const tree = chainTree();
    const hops = (await tree.getChildren()) ?? [];
    const items = await Promise.all(hops.map((hop) => tree.getTreeItem(hop)));
    const lines = items.map(({ label, description }) => `${label}: ${description}`);
    includes(lines.join("\n"), "Job container docker-builder: 172.17.0.1:3128");
    includes(lines.join("\n"), "Job container small-jobs: no proxy");
    includes(lines.join("\n"), "cntlm: proxy1.corp-uk.example:8080");
    const cntlm = hops[items.findIndex(({ label }) => label === "cntlm")];
    const [problem] = (await tree.getChildren(cntlm)) ?? [];
    const item = problem === undefined ? new TreeItem("") : await tree.getTreeItem(problem);
    equal(item.description, "cntlm-quoted-value");
    const { command = "", arguments: target = [] } = item.command ?? {};
    await commands.executeCommand(command, ...target);
    const { document, selection } = window.activeTextEditor ?? (await open("README.md"));
    includes(document.lineAt(selection.active.line).text, "proxy2.corp-uk.example");
  });

  it("is a picture in a tab", async () => {
    await commands.executeCommand("runnerProxy.showChain");
    const isShown = () =>
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith("runnerProxy.chain"));
    // VS Code tells the extension host of a tab a little later.
    if (!isShown()) await new Promise((resolve) => void window.tabGroups.onDidChangeTabs(resolve));
    equal(isShown(), true);
  });

  it("tells the route of a request, and the lines that say so", async () => {
    const text = await commands.executeCommand<string>("runnerProxy.explainRoute", { url: gitlab });
    includes(text, gitlab);
    includes(text, "Job container docker-builder\n    direct: curl,");
    includes(text, "\n        etc/gitlab-runner/config.toml:16:262  ");
  });

  it("follows a host's folder that comes, gets another name, and goes", async () => {
    const root = workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/");
    const [added, renamed] = [Uri.joinPath(root, "hosts/added"), Uri.joinPath(root, "hosts/renamed")];
    const tree = chainTree();
    const told = async (name: string, wanted: boolean) => {
      let labels: unknown[] = [];
      for (let tries = 0; tries < 100; tries++) {
        const items = await Promise.all(((await tree.getChildren()) ?? []).map((node) => tree.getTreeItem(node)));
        labels = items.map(({ label }) => label);
        if (labels.includes(`hosts/${name}`) === wanted) return;
        await new Promise((resolve) => void setTimeout(resolve, 50));
      }
      throw new Error(`${name}: ${labels.join(", ")}`);
    };
    try {
      // Linux tells of what is in a new folder only once VS Code has begun to watch it: one folder after the other.
      let folder = root;
      for (const name of ["hosts", "added", "etc", "systemd", "system", "docker.service.d"]) {
        folder = Uri.joinPath(folder, name);
        await workspace.fs.createDirectory(folder);
        await new Promise((resolve) => void setTimeout(resolve, 500));
      }
      const text = "[Service]\nEnvironment=HTTPS_PROXY=http://10.0.0.4:3128\n";
      await workspace.fs.writeFile(Uri.joinPath(folder, "proxy.conf"), new TextEncoder().encode(text));
      await told("added", true);
      const edit = new WorkspaceEdit();
      edit.renameFile(added, renamed);
      await workspace.applyEdit(edit);
      await told("renamed", true);
      await told("added", false);
    } finally {
      await workspace.fs.delete(Uri.joinPath(root, "hosts"), { recursive: true });
    }
    await told("renamed", false);
  });

  it("tells it from the line that names GitLab", async () => {
    const { document } = await open("etc/gitlab-runner/config.toml");
    await findingsWhen(document, (rules) => rules.length > 0);
    const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    const [first, ...others] = lenses.filter(({ command }) => command?.command === "runnerProxy.explainRoute");
    equal([document.lineAt(first?.range.start.line ?? 0).text.trim(), others.length], [`url = "${gitlab}"`, 2]);
    const { command = "", arguments: args = [] } = first?.command ?? {};
    includes((await commands.executeCommand<string>(command, ...args)) ?? "", gitlab);
  });

  it("gets another address in every file, quoting kept", async () => {
    const paths = [
      "etc/gitlab-runner/config.toml",
      "etc/systemd/system/docker.service.d/http-proxy.conf",
      "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
      "project/.gitlab-ci.yml",
    ];
    const documents: [TextDocument, string][] = [];
    for (const path of paths) {
      const { document } = await open(path);
      documents.push([document, document.getText()]);
    }
    try {
      const uri = documents[0]?.[0].uri.toString();
      const change = { from: "172.17.0.1:3128", to: "proxy.corp-uk.example:8081", uri };
      equal(await commands.executeCommand("runnerProxy.changeProxyAddress", change), true);
      for (const [document, before] of documents) {
        const after = before.replaceAll(change.from, change.to);
        // Where nobody reads it, a setting is no part of the chain; nor are those of root/.docker/config.json.
        const unread = (address: string) => `volumes = ["/cache"]\n    environment = ["HTTP_PROXY=http://${address}"]`;
        equalText(document.getText(), after.replace(unread(change.to), unread(change.from)));
      }
      equal(await commands.executeCommand("runnerProxy.changeProxyAddress", change), false);
    } finally {
      for (const path of paths) {
        await open(path);
        await commands.executeCommand("workbench.action.files.revert");
      }
    }
    equal(
      workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ fileName }) => fileName),
      [],
    );
  });
});

/** What the extension hands to others. */
function chainTree(): TreeDataProvider<unknown> {
  const tree: TreeDataProvider<unknown> | undefined =
    extensions.getExtension("runner-proxy.runner-proxy")?.exports.chainTree;
  if (tree === undefined) {
    throw new Error("The extension is not active");
  }
  return tree;
}
