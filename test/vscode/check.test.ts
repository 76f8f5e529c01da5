import {
  commands,
  env,
  extensions,
  Range,
  type Tab,
  TabInputWebview,
  type TestItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { loopback } from "./loopback";
import { equal, equalText, includes, open } from "./support";

const host = "loopback-host";
const config = `${host}/etc/gitlab-runner/config.toml`;
const dropIn = `${host}/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf`;
const secrets = ["glrt-t3sT_t0keN-of-n0thing00", "S3cretWord"];

describe("The check of this host", () => {
  if (loopback) {
    const { proxy, silentProxy, closed } = loopback;
    before(async () => {
      await write(
        config,
        '[[runners]]\n  name = "build"\n  url = "http://gitlab.corp.example/"\n' +
          `  token = "${secrets[0]}"\n  executor = "docker"\n  [runners.docker]\n    image = "alpine:3.20"\n`,
      );
      await write(`${host}/etc/cntlm.conf`, `Username u\nDomain d\nProxy 127.0.0.1:9\nListen 127.0.0.1:${proxy}\n`);
      await write(dropIn, "");
    });
    after(() => workspace.fs.delete(place(host), { recursive: true }));
    afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

    it("ends in a page that says of each step what was found and where", async () => {
      await open(config);
      await open(`${host}/etc/cntlm.conf`);
      await pointTo(proxy);
      equal(await commands.executeCommand("runnerProxy.checkHost"), true);
      await tabWhen(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith("markdown.preview"));
      const report = await workspace.openTextDocument(Uri.parse("runner-proxy-report:Runner Proxy.md"));
      const text = report.getText();
      includes(text, `gitlab.corp.example answers 401 through the proxy 127.0.0.1:${proxy}.`);
      equal((text.match(/^## /gm) ?? []).length, 7);
      equal((text.match(/^Seen on /gm) ?? []).length, 6);
      includes(text, "ip -4 -oneline addr show dev docker0");
      equal(
        secrets.filter((secret) => text.includes(secret)),
        [],
      );
      equal(await commands.executeCommand("runnerProxy.copyReport"), true);
      equalText(await env.clipboard.readText(), text);
    });

    it("is seen in the Testing view, where it can be run again", async () => {
      const steps = stepsOf(checkedHost());
      equal(
        steps.map(({ id }) => id),
        ["docker0", "listening", "loaded", "gitlab", "boot-order", "file-modes"],
      );
      equal(steps.find(({ id }) => id === "gitlab")?.description, "");
      await pointTo(closed);
      await commands.executeCommand("testing.runAll");
      equal(
        stepsOf(checkedHost()).find(({ id }) => id === "gitlab")?.description,
        `127.0.0.1:${closed} refuses the connection.`,
      );
    });

    it("can be cancelled", async () => {
      await pointTo(silentProxy);
      const answer = commands.executeCommand("runnerProxy.checkHost");
      const waiting = async () => (await fetch(`http://127.0.0.1:${silentProxy}/waiting`)).text();
      while ((await waiting()) === "0") await new Promise((resolve) => setTimeout(resolve, 50));
      await commands.executeCommand("testing.cancelRun");
      equal(await answer, false);
    });

    it("is not made in a workspace that is not trusted", async () => {
      await open(config);
      const restore = replace(workspace, "isTrusted", false);
      try {
        equal(await warningOf("runnerProxy.checkHost"), [
          "A check runs commands and sends requests: it needs a trusted workspace.",
        ]);
      } finally {
        restore();
      }
    });
  } else {
    it("says that there is no machine to look at", async () => {
      equal(await warningOf("runnerProxy.checkHost"), [
        "The Web has no machine to check: use VS Code's desktop, or runner-proxy check on the host.",
      ]);
      equal(checkedHost() === undefined, true);
    });
  }
});

/** Waits for a tab: VS Code tells the extension host of one a little later. */
async function tabWhen(wanted: (tab: Tab) => boolean): Promise<void> {
  const isThere = () => window.tabGroups.all.flatMap(({ tabs }) => tabs).some(wanted);
  while (!isThere()) await new Promise((resolve) => void window.tabGroups.onDidChangeTabs(resolve));
}

function place(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("The workspace has no folder");
  return Uri.joinPath(folder.uri, path);
}

async function write(path: string, text: string): Promise<void> {
  await workspace.fs.writeFile(place(path), new TextEncoder().encode(text));
}

/** Gives the runner's service another proxy, in an editor, of whose text the server knows at once. */
async function pointTo(port: number): Promise<void> {
  const address = `http://runner:${secrets[1]}@127.0.0.1:${port}`;
  const editor = await open(dropIn);
  const { document } = editor;
  const text = `[Service]\nEnvironment="HTTP_PROXY=${address}" "http_proxy=${address}"\n`;
  await editor.edit((edit) => edit.replace(new Range(0, 0, document.lineCount, 0), text));
  await document.save();
}

function checkedHost(): TestItem | undefined {
  return extensions.getExtension("runner-proxy.runner-proxy")?.exports.checkedHost();
}

function stepsOf(item: TestItem | undefined): readonly TestItem[] {
  const steps = [...(item?.children ?? [])].map(([, step]) => step);
  return steps.sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
}

/** Runs a command. @returns the warnings that it shows, which VS Code tells nobody */
async function warningOf(command: string): Promise<readonly unknown[]> {
  const shown: unknown[] = [];
  const restore = replace(window, "showWarningMessage", async (message: string) => void shown.push(message));
  try {
    equal(await commands.executeCommand(command), false);
  } finally {
    restore();
  }
  return shown;
}

/** Replaces a member of VS Code's API for this extension. @returns what brings it back */
function replace<T extends object, K extends keyof T>(owner: T, name: K, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true });
  return () => void (before && Object.defineProperty(owner, name, before));
}
