import { chmodSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { CancellationTokenSource, ProgressType } from "vscode-jsonrpc/node";
import type { CheckProgress } from "../../server/src/protocol.js";
import { Folder } from "../support/cli.js";
import { type ClientOptions, LspClient } from "../support/lsp-client.js";
import { needs } from "../support/programs.js";
import { elsewhere, runnerFiles } from "./host.js";
import { serveProxy, status } from "./servers.js";

const method = "runnerProxy/checkHost";

async function withServer<T>(options: ClientOptions, work: (client: LspClient) => Promise<T>): Promise<T> {
  const client = await LspClient.start(options);
  try {
    return await work(client);
  } finally {
    client.process.kill();
  }
}

it("checks the server's machine for a client, tells how far it is, and says where it was", async () => {
  await using proxy = await serveProxy(status(407));
  const address = `http://runner:S3cret@127.0.0.1:${proxy.port}`;
  using folder = new Folder(runnerFiles({ url: "https://gitlab.corp.example/", proxy: address }));
  await withServer({ folder: folder.uri, locale: "zh-cn" }, async (client) => {
    expect(client.initialized.capabilities.experimental).toMatchObject({ checksHost: true });
    const told: CheckProgress[] = [];
    client.connection.onProgress(new ProgressType<CheckProgress>(), "check", (step) => void told.push(step));
    const result = await client.connection.sendRequest(method, { remote: "ssh-remote", progressToken: "check" });
    expect(result).toMatchObject({ problems: expect.any(Number), unknown: expect.any(Number) });
    const { markdown, problems } = Object(result);
    expect(problems).toBeGreaterThan(0);
    expect(markdown).toContain("ssh-remote");
    expect(markdown).toContain("需要登录，或不接受此登录（407）");
    expect(markdown).toContain("ip -4 -oneline addr show dev docker0");
    expect(markdown).not.toContain("S3cret");
    expect(proxy.seen).toEqual(["CONNECT gitlab.corp.example:443"]);
    expect(told).toContainEqual({ text: expect.any(String), step: "gitlab", done: 3, total: 6 });
    expect(told).toContainEqual({ text: "ss -H -l -t -n" });
  });
});

it("takes the steps that the client names, and tells what each found", async () => {
  using folder = new Folder(runnerFiles({ url: "https://gitlab.corp.example/" }));
  chmodSync(folder.join("etc/gitlab-runner/config.toml"), 0o644);
  await withServer({ folder: folder.uri }, async (client) => {
    const steps = ["file-modes", "nothing-of-the-kind"];
    const result = await client.connection.sendRequest(method, { steps });
    expect(result).toMatchObject({
      where: expect.stringContaining(hostname()),
      steps: [{ id: "file-modes", title: "Files that hold secrets", results: [{ verdict: "problem" }] }],
    });
    const [{ message, markdown }] = Object(result).steps[0].results;
    expect(message).toMatch(/^Every user of this machine may read .*config\.toml, which holds secrets\.$/);
    expect(markdown).toContain("sudo chmod o-rwx");
    expect(await client.connection.sendRequest(method, { steps: [1] })).toMatchObject({ problem: expect.any(String) });
  });
});

it("ends when the client cancels", async () => {
  await using proxy = await serveProxy(() => undefined);
  const files = runnerFiles({ url: "http://gitlab.corp.example/", proxy: `http://127.0.0.1:${proxy.port}` });
  using folder = new Folder(files);
  await withServer({ folder: folder.uri }, async (client) => {
    const cancel = new CancellationTokenSource();
    const answer = client.connection.sendRequest(method, {}, cancel.token);
    while (proxy.seen.length === 0) await sleep(20);
    cancel.cancel();
    expect(await answer).toEqual({ cancelled: true });
  });
});

it("asks which host is meant, and takes the one of the document named", async () => {
  using folder = new Folder({ "a/etc/cntlm.conf": "Listen 3128\n", "b/etc/cntlm.conf": "Listen 3129\n" });
  await withServer({ folder: folder.uri }, async (client) => {
    expect(await client.connection.sendRequest(method, {})).toEqual({
      problem: expect.stringContaining("several hosts"),
    });
    const { markdown } = Object(await client.connection.sendRequest(method, { uri: `${folder.uri}/b/etc/cntlm.conf` }));
    expect(markdown).toContain("127.0.0.1:3129");
    expect(markdown).not.toContain("127.0.0.1:3128");
    expect(await client.connection.sendRequest(method, { uri: 7 })).toMatchObject({ problem: expect.any(String) });
  });
});

it.runIf(needs("unshare"))(
  "takes the usual files where the workspace has none, and names those that it may not read",
  async () => {
    using folder = new Folder({
      "etc/gitlab-runner/config.toml": '[[runners]]\n  url = "https://gitlab.corp.example/"\n',
      "etc/systemd/system/docker.service.d/override.conf": "[Service]\nEnvironment=HTTP_PROXY=http://127.0.0.1:3199\n",
    });
    chmodSync(folder.join("etc/gitlab-runner"), 0);
    await withServer({ launcher: elsewhere(folder) }, async (client) => {
      const { markdown } = Object(await client.connection.sendRequest(method, {}));
      expect(markdown).toContain("which stands in /etc/systemd/system/docker.service.d/override.conf");
      expect(markdown).toContain("No config.toml with a url is among the files.");
      expect(markdown).toContain("This user may not read /etc/gitlab-runner/config.toml.");
    });
    chmodSync(folder.join("etc/gitlab-runner"), 0o755);
  },
);
