import {
  CompletionItemKind,
  type CompletionList,
  commands,
  type Hover,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { equal, findingsWhen, hoverText, includes, moveTo, open, positionAfter } from "./support";

/** The snippets, each with a file that it is for. */
const snippets: readonly (readonly [id: string, path: string])[] = [
  ["cntlm", "etc/cntlm.conf"],
  ["docker-dropin", "etc/systemd/system/docker.service.d/http-proxy.conf"],
  ["docker-dropin-addresses", "etc/systemd/system/docker.service.d/http-proxy.conf"],
  ["runner-dropin-addresses", "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf"],
  ["pre-build-script", "etc/gitlab-runner/config.toml"],
  ["runner-dropin", "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf"],
  ["runner-config", "etc/gitlab-runner/config.toml"],
  ["docker-config", "root/.docker/config.json"],
  ["before-script", "project/.gitlab-ci.yml"],
  ["dind-service", "project/.gitlab-ci.yml"],
];

describe("Typing", () => {
  afterEach(() => commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  for (const [id, path] of snippets) {
    it(`puts the snippet ${id} into an empty and into a filled ${path}`, async () => {
      const editor = await open(path);
      const { document } = editor;
      const filled = document.getText();
      await commands.executeCommand("runnerProxy.insertSnippet", id);
      const lost = filled.split("\n").filter((line) => line.startsWith("#") && !document.getText().includes(line));
      equal(lost.join("\n"), "");
      await findingsWhen(document, (rules) => !rules.includes("syntax-error"));
      await editor.edit((edit) => edit.delete(new Range(0, 0, document.lineCount, 0)));
      equal(await commands.executeCommand("runnerProxy.insertSnippet", id), true);
      equal(document.getText().trim() === "", false);
      await findingsWhen(document, (rules) => !rules.includes("syntax-error"));
    });
  }

  it("puts the snippet daemon into an empty and into a filled daemon.json", async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder) throw new Error("The workspace has no folder");
    const uri = Uri.joinPath(folder.uri, "etc/docker/daemon.json");
    await workspace.fs.writeFile(uri, new Uint8Array());
    try {
      for (const [before, holds] of [
        ["", "{"],
        ['{\n  "mtu": 1400\n}\n', '"mtu": 1400,'],
      ] as const) {
        const editor = await open("etc/docker/daemon.json");
        await editor.edit((edit) => edit.replace(new Range(0, 0, editor.document.lineCount, 0), before));
        equal(await commands.executeCommand("runnerProxy.insertSnippet", "daemon"), true);
        includes(editor.document.getText(), holds);
        includes(editor.document.getText(), '"http-proxy": "http://172.17.0.1:3128"');
        JSON.parse(editor.document.getText());
      }
    } finally {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await workspace.fs.delete(uri);
    }
  });

  it("tells in a hover which way an image is asked", async () => {
    const { document } = await open("etc/gitlab-runner/config.toml");
    await findingsWhen(document, (rules) => rules.length > 0);
    const hovers = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionAfter(document, '    image = "docker'),
    );
    includes(hoverText(hovers), "dockerd asks `https://registry-1.docker.io/`");
    includes(hoverText(hovers), "docker.service.d/http-proxy.conf#L");
  });

  it("completes a key of a table", async () => {
    const { document } = await open("etc/gitlab-runner/config.toml");
    includes(await offered(document, "    privileged = true\n    "), "pull_policy");
  });

  it("completes a name of the JSON inside a script", async () => {
    const { document } = await open("etc/gitlab-runner/config.toml");
    includes(await offered(document, String.raw`\\\"default\\\": { \\\"`), "ftpProxy");
  });

  for (const [what, before, typed, after, expected] of [
    ["a key", "    privileged = true\n", "    pull_p", "\n", "    pull_policy = "],
    ["a variable", '    "http_proxy=http://172.17.0.1:3128",\n', '    "HTTPS_P', '",\n', '    "HTTPS_PROXY='],
    [
      "an entry inside the nested quoting",
      String.raw`\\\"noProxy\\\": \\\"$NO_PROXY`,
      ",gitl",
      "",
      String.raw`\\\"$NO_PROXY,gitlab.corp-uk.example\\\"`,
    ],
    [
      "a key of the nested JSON",
      String.raw`\\\"default\\\": { `,
      String.raw`\\\"ftpP`,
      String.raw`\\\", `,
      String.raw`\\\"ftpProxy\\\"`,
    ],
  ] as const) {
    it(`takes ${what} with Enter`, async () => {
      const editor = await open("etc/gitlab-runner/config.toml");
      const { document } = editor;
      await findingsWhen(document, (rules) => rules.length > 0);
      const at = positionAfter(document, before);
      await editor.edit((edit) => edit.insert(at, typed + after));
      moveTo(editor, document.positionAt(document.offsetAt(at) + typed.length));
      await takeFirst(document);
      includes(document.getText(), expected);
    });
  }

  it("tells in a hover what each program makes of a bypass entry", async () => {
    const { document } = await open("etc/systemd/system/docker.service.d/http-proxy.conf");
    await findingsWhen(document, (rules) => rules.length > 0);
    const hovers = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionAfter(document, "NO_PROXY=local"),
    );
    includes(hoverText(hovers), "localhost");
  });
});

/** What we offer right behind a text; VS Code itself proposes, as plain text, the words that the file holds. */
async function offered(document: TextDocument, text: string): Promise<string> {
  await findingsWhen(document, (rules) => rules.length > 0);
  const list = await commands.executeCommand<CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    positionAfter(document, text),
  );
  const ours = list.items.filter(({ kind }) => kind !== CompletionItemKind.Text);
  return ours.map(({ label }) => (typeof label === "string" ? label : label.label)).join("\n");
}

/** Opens the list of completions and takes its first entry, as soon as there is one. */
async function takeFirst(document: TextDocument): Promise<void> {
  const { version } = document;
  await commands.executeCommand("editor.action.triggerSuggest");
  for (let tries = 0; document.version === version && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await commands.executeCommand("acceptSelectedSuggestion");
  }
}
