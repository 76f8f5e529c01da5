import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeLens } from "vscode-languageserver-protocol";
import {
  type ChainResult,
  type ChangeAddressResult,
  type ExplainRouteResult,
  methods,
} from "../../server/src/protocol.js";
import { Folder } from "../support/cli.js";
import { LspClient } from "../support/lsp-client.js";

const config = `[[runners]]
  name = "builder"
  url = "https://gitlab.corp-uk.example/"
  executor = "docker"
  environment = ["HTTPS_PROXY=http://user:secret@proxy.corp-uk.example:8080"]
  [runners.docker]
    image = "alpine"
`;

let client: LspClient | undefined;
const folders: Folder[] = [];

async function start(initializationOptions?: unknown): Promise<{ client: LspClient; uri: string }> {
  const folder = new Folder({ "etc/gitlab-runner/config.toml": config });
  folders.push(folder);
  const root = folder.uri;
  client = await LspClient.start({ folder: root, initializationOptions });
  const uri = `${root}/etc/gitlab-runner/config.toml`;
  await client.open(uri, config);
  return { client, uri };
}

afterEach(() => {
  client?.process.kill();
  for (const { path } of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe("what the client asks about the chain", () => {
  it("is answered with hops, links and places, without credentials", async () => {
    const { client, uri } = await start();
    const { hosts, mermaid } = await client.connection.sendRequest<ChainResult>(methods.chain);
    expect(hosts).toMatchObject([
      { uris: [uri], gitlabUrls: ["https://gitlab.corp-uk.example/"], links: expect.anything() },
    ]);
    const [link] = hosts[0]?.links ?? [];
    expect(link).toMatchObject({ from: "job:builder", address: "proxy.corp-uk.example:8080", location: { uri } });
    expect(mermaid).toMatch(/^flowchart LR\n/);
    expect(JSON.stringify(hosts) + mermaid).not.toContain("secret");
  });

  it("is the route of a request, told by place", async () => {
    const { client, uri } = await start();
    const url = "https://user:hunter2@registry.example.org/";
    const route = await client.connection.sendRequest<ExplainRouteResult>(methods.explainRoute, { url, uri });
    const [job] = route.hosts[0]?.hops ?? [];
    expect(job?.title).toBe("Job container builder");
    const way = job?.ways.find(({ clients }) => clients.includes("curl"));
    expect(way).toMatchObject({ via: "proxy", location: { uri, range: { start: { line: 4 } } } });
    expect(JSON.stringify(route)).not.toMatch(/secret|hunter2/);
  });

  it("is a change of an address, or why there is none", async () => {
    const { client, uri } = await start();
    const ask = (from: string) =>
      client.connection.sendRequest<ChangeAddressResult>(methods.changeAddress, { uri, from, to: "10.1.1.1:3128" });
    expect(await ask("proxy.corp-uk.example:8080")).toMatchObject({ edits: [{ uri }, { uri }] });
    expect(await ask("elsewhere:1")).toEqual({ problem: "No setting names the proxy elsewhere:1." });
  });

  it("gets an answer where the question is none", async () => {
    const { client } = await start();
    for (const params of [{}, { url: 1 }, { uri: "x", from: null, to: "y" }]) {
      expect(await client.connection.sendRequest(methods.explainRoute, params)).toEqual({ url: "", hosts: [] });
      expect(await client.connection.sendRequest(methods.changeAddress, params)).toEqual({ edits: [] });
    }
  });

  it.each([
    ["runnerProxy.", { servesFiles: true }],
    ["runnerProxy.server.", undefined],
  ])("leads from the line that names GitLab, by a command with the prefix %s", async (prefix, options) => {
    const { client, uri } = await start(options);
    const lenses = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    expect(lenses).toMatchObject([
      {
        range: { start: { line: 2 } },
        command: {
          title: "Explain route",
          command: `${prefix}explainRoute`,
          arguments: [{ url: "https://gitlab.corp-uk.example/", uri }],
        },
      },
    ]);
  });
});
