import { afterEach, describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";
import { Folder, runCli } from "../support/cli.js";
import { type ClientOptions, everywhere, LspClient, pulling, waiting } from "../support/lsp-client.js";

const uri = "file:///host/etc/gitlab-runner/config.toml";

/** A runner whose containers get one proxy variable of two. */
const half = `concurrent = 1

[[runners]]
  name = "half"
  url = "https://gitlab.com/"
  executor = "docker"
  environment = ["HTTP_PROXY=http://172.17.0.1:3128", "http_proxy=http://172.17.0.1:3128"]
  [runners.docker]
    image = "alpine"
`;
const whole = half.replace(
  '128"]',
  '128", "HTTPS_PROXY=http://172.17.0.1:3128", "https_proxy=http://172.17.0.1:3128", "NO_PROXY=localhost,127.0.0.1", "no_proxy=localhost,127.0.0.1"]',
);

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

describe("a client that pulls", () => {
  it("is told so at the start, and gets the findings with code, link, source and range", async () => {
    const client = await start();
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    await client.open(uri, half);
    const found = (await client.pull(uri)).find(({ code }) => code === "proxy-pair-missing");
    expect(found).toMatchObject({
      source: "runner-proxy",
      severity: 2,
      codeDescription: { href: expect.stringMatching(/docs\/rules\/proxy-pair-missing\.md$/) },
    });
    const { start: from, end: to } = new LineIndex(half).span(found?.range ?? everywhere);
    expect(half.slice(from, to)).toBe("HTTP_PROXY");
  });

  it("follows incremental changes", async () => {
    const client = await start();
    await client.open(uri, half);
    expect(rulesOf(await client.pull(uri))).toContain("proxy-pair-missing");
    const at = new LineIndex(half).position(half.indexOf('"]'));
    await client.change(uri, 2, {
      range: { start: at, end: at },
      text: '", "HTTPS_PROXY=http://172.17.0.1:3128", "https_proxy=http://172.17.0.1:3128',
    });
    expect(rulesOf(await client.pull(uri))).not.toContain("proxy-pair-missing");
  });

  it("is told that nothing has changed where that is so", async () => {
    const client = await start();
    await client.open(uri, half);
    const first = await client.report(uri);
    expect(await client.report(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(uri, 2, { text: whole });
    expect(await client.report(uri, first.resultId)).toMatchObject({ kind: "full" });
  });

  it("is sent none", async () => {
    const client = await start();
    await client.open(uri, half);
    await client.pull(uri);
    await client.change(uri, 2, { text: whole });
    await client.pull(uri);
    expect(client.published).toEqual([]);
  });

  it("is asked to pull again when the settings change, and only then", async () => {
    const client = await start({ settings: {} });
    await client.open(uri, half);
    await client.pull(uri);
    expect(client.refreshes).toBe(0);
    client.settings = { rules: { "proxy-pair-missing": "off" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.refreshes === 1);
    expect(rulesOf(await client.pull(uri))).not.toContain("proxy-pair-missing");
  });
});

describe("a client that waits", () => {
  it("is sent the findings, their changes, and none after the document is closed", async () => {
    const client = await start({ capabilities: waiting });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(uri, half);
    const first = await client.until(() => client.lastPublished(uri));
    expect(rulesOf(first.diagnostics)).toContain("proxy-pair-missing");
    expect(first.version).toBe(1);
    await client.change(uri, 2, { text: whole });
    const second = await client.until(() => client.published.length === 2 && client.lastPublished(uri));
    expect(rulesOf(second.diagnostics)).not.toContain("proxy-pair-missing");
    expect(second.version).toBe(2);
    await client.change(uri, 3, { text: half });
    await client.until(() => client.published.length === 3);
    await client.close(uri);
    const last = await client.until(() => client.published.length === 4 && client.lastPublished(uri));
    expect(last.diagnostics).toEqual([]);
  });

  it("is sent an empty list when a document stops to be of one of the formats", async () => {
    const client = await start({ capabilities: waiting });
    const odd = "file:///home/me/config.toml";
    await client.open(odd, half);
    await client.until(() => (client.lastPublished(odd)?.diagnostics.length ?? 0) > 0);
    await client.change(odd, 2, { text: "[package]\nname = 'x'\n" });
    await client.until(() => client.lastPublished(odd)?.diagnostics.length === 0);
  });

  it("gets settings that come with the notification", async () => {
    const client = await start({ capabilities: waiting });
    await client.open(uri, half);
    await client.until(() => client.lastPublished(uri));
    const settings = { runnerProxy: { rules: { "proxy-pair-missing": "error" } } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    const raised = await client.until(() =>
      client
        .lastPublished(uri)
        ?.diagnostics.find(({ code, severity }) => code === "proxy-pair-missing" && severity === 1),
    );
    expect(raised.severity).toBe(1);
  });
});

describe("code actions", () => {
  it("offer a preferred fix, whose edit ends the finding", async () => {
    const client = await start();
    await client.open(uri, half);
    const [found] = (await client.pull(uri)).filter(({ code }) => code === "proxy-pair-missing");
    const actions = await client.actions(uri, found?.range ?? everywhere);
    const fix = actions.find(
      ({ diagnostics, isPreferred }) => isPreferred && diagnostics?.some(({ code }) => code === "proxy-pair-missing"),
    );
    expect(fix?.kind).toBe("quickfix");
    const edits = fix?.edit?.changes?.[uri] ?? [];
    const lines = new LineIndex(half);
    const mended = applyEdits(
      half,
      edits.map(({ range, newText }) => ({ span: lines.span(range), newText })),
    );
    await client.change(uri, 2, { text: mended });
    expect(rulesOf(await client.pull(uri))).not.toContain("proxy-pair-missing");
  });

  it("mend the whole file for those who ask for source.fixAll, and only for them", async () => {
    const client = await start();
    await client.open(uri, half);
    expect((await client.actions(uri, everywhere)).map(({ kind }) => kind)).not.toContain("source.fixAll.runnerProxy");
    for (const asked of ["source", "source.fixAll", "source.fixAll.runnerProxy"]) {
      const [action, ...more] = await client.actions(uri, everywhere, [asked]);
      expect(more).toEqual([]);
      expect(action?.kind).toBe("source.fixAll.runnerProxy");
      expect(action?.edit?.changes?.[uri]).toHaveLength(1);
    }
    expect(await client.actions(uri, everywhere, ["source.organizeImports"])).toEqual([]);
    expect(await client.actions(uri, everywhere, ["refactor"])).toEqual([]);
  });

  it("carry the document's version for clients that take it, and silence a rule in the settings", async () => {
    using folder = new Folder({ "etc/gitlab-runner/config.toml": half });
    const root = folder.uri;
    const file = `${root}/etc/gitlab-runner/config.toml`;
    const client = await start({
      folder: root,
      capabilities: {
        ...pulling,
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
      },
    });
    await client.open(file, half, 7);
    const actions = await client.actions(file, everywhere);
    const fix = actions.find(({ isPreferred }) => isPreferred);
    expect(fix?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: file, version: 7 } }]);
    const silence = actions.find(({ title }) => title === "Disable proxy-pair-missing in the settings");
    expect(silence?.edit?.documentChanges).toMatchObject([
      { kind: "create", uri: `${root}/.runner-proxy.json` },
      { textDocument: { uri: `${root}/.runner-proxy.json`, version: null } },
    ]);
    expect(JSON.stringify(silence)).toContain('\\"proxy-pair-missing\\": \\"off\\"');
  });

  it("make the file that a fix needs, for clients that can", async () => {
    using folder = new Folder();
    const cntlm = "Proxy 10.44.0.2:8080\nListen 172.17.0.1:3128\n";
    const file = `${folder.uri}/etc/cntlm.conf`;
    const made = `${folder.uri}/etc/systemd/system/cntlm.service.d/after-docker.conf`;
    const offered = async (resourceOperations: ("create" | "rename")[]) => {
      const workspace = { workspaceEdit: { documentChanges: true, resourceOperations } };
      const client = await start({ folder: folder.uri, capabilities: { ...pulling, workspace } });
      await client.open(`${folder.uri}/etc/systemd/system/docker.service.d/a.conf`, "[Service]\nEnvironment=A=1\n");
      await client.open(file, cntlm);
      const actions = await client.actions(file, everywhere);
      return actions.find(({ title }) => title.startsWith("Create "));
    };
    expect((await offered(["create"]))?.edit?.documentChanges).toMatchObject([
      { kind: "create", uri: made },
      {
        textDocument: { uri: made, version: null },
        edits: [{ newText: "[Unit]\nAfter=docker.service\nWants=docker.service\n" }],
      },
    ]);
    expect(await offered(["rename"])).toBeUndefined();
  });
});

describe("what an editor may ask at the wrong time", () => {
  const outside = [
    { line: 5_000, character: 0 },
    { line: 0, character: 5_000 },
    { line: 2, character: 0 },
    { line: 2 ** 31 - 1, character: 2 ** 31 - 1 },
  ];

  it("is answered for positions outside the text", async () => {
    const client = await start();
    await client.open(uri, half);
    for (const position of outside) {
      await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
      expect(await client.actions(uri, { start: position, end: position })).toBeInstanceOf(Array);
      expect(await client.actions(uri, { start: position, end: { line: 0, character: 0 } })).toBeInstanceOf(Array);
    }
  });

  it("is answered for documents that are closed or were never opened", async () => {
    const client = await start();
    await client.open(uri, half);
    await client.close(uri);
    for (const closed of [uri, "file:///nowhere", "untitled:Untitled-1", "no uri at all"]) {
      expect(await client.pull(closed)).toEqual([]);
      expect(await client.actions(closed, everywhere)).toEqual([]);
      expect(await client.actions(closed, everywhere, ["source.fixAll"])).toEqual([]);
      const position = { line: 0, character: 0 };
      expect(
        await client.connection.sendRequest("textDocument/hover", { textDocument: { uri: closed }, position }),
      ).toBeNull();
    }
  });

  it("is answered for text that is half typed", async () => {
    const client = await start();
    await client.open(uri, "");
    for (let end = 0; end <= half.length; end += 7) {
      await client.change(uri, end + 2, { text: half.slice(0, end) });
      expect(await client.pull(uri)).toBeInstanceOf(Array);
    }
  });
});

describe("many documents", () => {
  it("are checked in slices: a request meanwhile is answered before the last of them", async () => {
    const client = await start({ capabilities: waiting });
    const count = 500;
    for (let i = 0; i < count; i++) await client.open(`file:///${i}/etc/gitlab-runner/config.toml`, half.repeat(20));
    await client.actions("file:///0/etc/gitlab-runner/config.toml", everywhere);
    expect(client.published.length).toBeLessThan(count);
    await client.until(() => new Set(client.published.map(({ uri: of }) => of)).size === count);
  });
});

describe("the language", () => {
  it("is the editor's", async () => {
    const client = await start({ locale: "zh-cn" });
    await client.open(uri, half);
    const found = (await client.pull(uri)).find(({ code }) => code === "proxy-pair-missing");
    expect(found?.message).toMatch(/\p{Script=Han}/u);
  });

  it("is English where there is no other", async () => {
    const client = await start({ locale: "sv" });
    await client.open(uri, half);
    const found = (await client.pull(uri)).find(({ code }) => code === "proxy-pair-missing");
    expect(found?.message).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("the end", () => {
  it("comes after shutdown and exit, with exit code 0", async () => {
    const client = await start();
    await client.open(uri, half);
    await client.pull(uri);
    expect(await client.stop()).toBe(0);
  });

  it("comes when the input closes", async () => {
    const client = await start();
    await client.open(uri, half);
    const ended = client.ended();
    client.process.stdin.end();
    expect(await ended).toBe(1);
  });

  it("is reached without a byte on standard output that is no message", async () => {
    const messages = [
      { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: waiting } },
      { method: "initialized", params: {} },
      { method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "toml", version: 1, text: half } } },
      {
        method: "textDocument/didChange",
        params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: 7 }] },
      },
      { id: 2, method: "no/such/method", params: {} },
      { id: 3, method: "textDocument/hover", params: "nonsense" },
      { id: 4, method: "shutdown" },
      { method: "exit" },
    ];
    const input = messages.map((message) => {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    });
    const { code, stdout } = runCli(["lsp", "--stdio"], { input: input.join("") });
    let rest = Buffer.from(stdout);
    let count = 0;
    while (rest.length > 0) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString("latin1"));
      expect(header).not.toBeNull();
      const from = header?.[0].length ?? 0;
      const to = from + Number(header?.[1]);
      expect(JSON.parse(rest.subarray(from, to).toString())).toMatchObject({ jsonrpc: "2.0" });
      rest = rest.subarray(to);
      count++;
    }
    expect(count).toBeGreaterThanOrEqual(4);
    expect(code).toBe(0);
  });
});
