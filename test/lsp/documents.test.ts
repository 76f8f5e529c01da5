import { renameSync, rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type Diagnostic, FileChangeType } from "vscode-languageserver-protocol";
import { type ExplainRouteResult, methods, type StatusParams } from "../../server/src/protocol.js";
import { Folder } from "../support/cli.js";
import { type ClientOptions, LspClient } from "../support/lsp-client.js";

const clients: LspClient[] = [];

async function start(options: ClientOptions = {}): Promise<LspClient> {
  const client = await LspClient.start(options);
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.process.kill();
});

function rulesOf(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

describe("the files of the workspace", () => {
  const dropin = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
  const folderOfUnit = "etc/systemd/system/docker.service.d";
  const pair = (client: LspClient, uri: string, wanted: boolean) =>
    client.eventually(uri, (items) => rulesOf(items).includes("proxy-pair-missing") === wanted);

  it("complete the host of an open document, and are followed", async () => {
    using folder = new Folder({
      [`${folderOfUnit}/http-proxy.conf`]: dropin,
      [`${folderOfUnit}/https-proxy.conf`]: dropin.replace("HTTP_", "HTTPS_"),
    });
    const client = await start({ folder: folder.uri });
    const file = `${folder.uri}/${folderOfUnit}/http-proxy.conf`;
    const other = `${folder.uri}/${folderOfUnit}/https-proxy.conf`;
    await client.open(file, dropin);
    await pair(client, file, false);
    rmSync(folder.join(`${folderOfUnit}/https-proxy.conf`));
    await client.watched(other, FileChangeType.Deleted);
    await pair(client, file, true);
    folder.write(`${folderOfUnit}/https-proxy.conf`, dropin.replace("HTTP_", "HTTPS_"));
    await client.watched(other, FileChangeType.Created);
    await pair(client, file, false);
  });

  it("are followed where a folder of theirs is removed or gets another name", async () => {
    const https = dropin.replace("HTTP_", "HTTPS_");
    using folder = new Folder({ [`${folderOfUnit}/http-proxy.conf`]: dropin, "run/systemd/system/x": "" });
    const client = await start({ folder: folder.uri });
    const file = `${folder.uri}/${folderOfUnit}/http-proxy.conf`;
    await client.open(file, dropin);
    await pair(client, file, true);
    folder.write("run/systemd/system/off/docker.service.d/https-proxy.conf", https);
    const move = async (from: string, to: string) => {
      renameSync(folder.join(from), folder.join(to));
      const files = [{ oldUri: `${folder.uri}/${from}`, newUri: `${folder.uri}/${to}` }];
      await client.connection.sendNotification("workspace/didRenameFiles", { files });
    };
    await move("run/systemd/system/off/docker.service.d", "run/systemd/system/docker.service.d");
    await pair(client, file, false);
    await move("run/systemd/system/docker.service.d", "run/systemd/system/docker.service.off");
    await pair(client, file, true);
    await move("run/systemd/system/docker.service.off", "run/systemd/system/docker.service.d");
    await pair(client, file, false);
    rmSync(folder.join("run"), { recursive: true });
    await client.watched(`${folder.uri}/run`, FileChangeType.Deleted);
    await pair(client, file, true);
  });

  it("are those of EnvironmentFile=, too", async () => {
    const text = `${dropin}EnvironmentFile=-/etc/default/docker-proxy\n`;
    using folder = new Folder({
      [`${folderOfUnit}/http-proxy.conf`]: text,
      "etc/default/docker-proxy": "HTTP_PROXY=http://10.0.0.4:3128\n",
      "etc/default/locale": "LANG=C\n",
    });
    const client = await start({ folder: folder.uri });
    const url = "http://x.example/";
    const asked = client.connection.sendRequest<ExplainRouteResult>(methods.explainRoute, { url });
    const ways = (await asked).hosts.flatMap(({ hops }) => hops.flatMap((hop) => hop.ways));
    expect(ways).toMatchObject([
      { via: "proxy", proxy: "http://10.0.0.4:3128", location: { uri: `${folder.uri}/etc/default/docker-proxy` } },
    ]);
  });

  it("stand behind the open documents, until these are closed", async () => {
    using folder = new Folder({
      [`${folderOfUnit}/http-proxy.conf`]: dropin,
      [`${folderOfUnit}/https-proxy.conf`]: dropin.replace("HTTP_", "HTTPS_"),
    });
    const client = await start({ folder: folder.uri });
    const file = `${folder.uri}/${folderOfUnit}/http-proxy.conf`;
    const other = `${folder.uri}/${folderOfUnit}/https-proxy.conf`;
    await client.open(file, dropin);
    await client.open(other, "[Service]\n");
    await pair(client, file, true);
    await client.close(other);
    await pair(client, file, false);
  });

  it("hold settings, which count before the editor's and are followed", async () => {
    using folder = new Folder({
      ".runner-proxy.json": '{ /* why */ "rules": { "proxy-pair-missing": "off" }, "typo": 1 }',
    });
    const client = await start({ folder: folder.uri, settings: { rules: { "proxy-pair-missing": "error" } } });
    const file = `${folder.uri}/${folderOfUnit}/http-proxy.conf`;
    await client.open(file, dropin);
    expect(rulesOf(await client.pull(file))).not.toContain("proxy-pair-missing");
    await client.until(() => client.logged.find((line) => line.includes("typo")));
    folder.write(".runner-proxy.json", "{}");
    await client.watched(`${folder.uri}/.runner-proxy.json`, FileChangeType.Changed);
    await pair(client, file, true);
  });

  it("are asked of a client that serves them, which is told how many there are", async () => {
    const served = new Map([
      ["vscode-vfs://github/a/etc/systemd/system/docker.service.d/a.conf", dropin],
      ["vscode-vfs://github/a/etc/systemd/system/docker.service.d/b.conf", dropin.replace("HTTP_", "HTTPS_")],
    ]);
    const client = await start({
      folder: "vscode-vfs://github/a",
      initializationOptions: { servesFiles: true },
      serve: (method, params) =>
        method === methods.findFiles ? { uris: [...served.keys()] } : { text: served.get(params.uri ?? "") ?? null },
    });
    const [file = ""] = served.keys();
    await client.open(file, dropin);
    await pair(client, file, false);
    await client.until(() =>
      client.notifications.some(
        ({ method, params }) => method === methods.status && (params as StatusParams).files === 2,
      ),
    );
  });
});
