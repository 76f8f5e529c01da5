import { chmodSync, rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { ApplyWorkspaceEditParams, CodeLens, TextDocumentEdit } from "vscode-languageserver-protocol";
import { serverCommandNames, serverPrefix, type WriteEmbeddedParams } from "../../server/src/protocol.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";
import { Folder, runCli } from "../support/cli.js";
import { LspClient, pulling } from "../support/lsp-client.js";
import { hostFiles } from "../support/navigation.js";

const toml = "etc/gitlab-runner/config.toml";
const cleanup: (() => void)[] = [];

afterEach(() => {
  for (const undo of cleanup.splice(0)) undo();
});

const able = {
  documentChanges: true,
  resourceOperations: ["create"],
  changeAnnotationSupport: {},
} as const;

/** An editor with the files of a host in its folder, which applies what it is asked to, or says why not. */
async function start(
  files = hostFiles,
  workspaceEdit: object | undefined = able,
  options: { readonly applied?: boolean; readonly declines?: boolean; readonly user?: "nobody" } = {},
) {
  const { applied = true, declines = false, user } = options;
  const folder = new Folder(files);
  const asked: ApplyWorkspaceEditParams[] = [];
  const client = await LspClient.start({
    folder: folder.uri,
    ...(user && { user }),
    capabilities: {
      ...pulling,
      workspace: { ...pulling.workspace, applyEdit: true, ...(workspaceEdit && { workspaceEdit }) },
    },
    serve: (method, params) => {
      if (method !== "workspace/applyEdit" || !("edit" in params)) return null;
      asked.push(params as unknown as ApplyWorkspaceEditParams);
      if (declines) throw new Error("The user declined.");
      return applied ? { applied } : { applied, failureReason: "The buffer is read-only." };
    },
  });
  cleanup.push(() => {
    client.process.kill();
    rmSync(folder.path, { recursive: true, force: true });
  });
  const uriOf = (path: string) => `${folder.uri}/${path}`;
  const run = <T>(name: string, ...args: unknown[]) =>
    client.connection.sendRequest<T>("workspace/executeCommand", { command: serverPrefix + name, arguments: args });
  const shown = () =>
    client.notifications.flatMap(({ method, params }) =>
      method === "window/showMessage" ? [(params as { message: string }).message] : [],
    );
  return { client, asked, folder, uriOf, run, shown };
}

/** The text of a file once the edits of the last request are in it. */
function textAfter(asked: readonly ApplyWorkspaceEditParams[], uri: string, before: string): string {
  const lines = new LineIndex(before);
  const changes = (asked.at(-1)?.edit.documentChanges ?? []).filter(
    (change): change is TextDocumentEdit => "edits" in change && change.textDocument.uri === uri,
  );
  const edits = changes.flatMap(({ edits }) =>
    edits.flatMap((edit) => ("newText" in edit ? [{ span: lines.span(edit.range), newText: edit.newText }] : [])),
  );
  return applyEdits(before, edits);
}

describe("commands over workspace/executeCommand", () => {
  it("are declared under names of their own", async () => {
    const { client } = await start();
    expect(client.initialized.capabilities.executeCommandProvider?.commands).toEqual(
      serverCommandNames.map((name) => `runnerProxy.server.${name}`),
    );
  });

  it("refuse arguments that are none of theirs", async () => {
    const { run, asked } = await start();
    for (const name of serverCommandNames) {
      for (const args of [[], [null], [1], [{}], [{ uri: 1, uris: "x", folder: [], url: {} }]]) {
        await expect(run(name, ...args)).rejects.toThrow("The command does not take this argument");
      }
    }
    await expect(run("setUp", { folder: "/etc", proxy: "http://p:1" })).rejects.toThrow("does not take this argument");
    await expect(run("doEvil", {})).rejects.toThrow("There is no command runnerProxy.server.doEvil.");
    expect(asked).toEqual([]);
  });

  it("set a host up, with files made and each one confirmed", async () => {
    const { run, asked, folder, shown, client } = await start({ "README.md": "" });
    const request = { folder: folder.uri, proxy: "http://proxy.corp.example:8080" };
    const { changed } = await run<{ changed: string[] }>("setUp", request);
    expect(changed.map((uri) => uri.slice(folder.uri.length))).toEqual([
      "/etc/systemd/system/docker.service.d/http-proxy.conf",
      "/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
      "/etc/gitlab-runner/config.toml",
    ]);
    const { edit, label } = asked[0] ?? {};
    expect(label).toBe("Set up the proxy");
    expect(edit?.documentChanges?.map((change) => ("kind" in change ? change.kind : "edit"))).toEqual([
      "create",
      "create",
      "create",
      "edit",
      "edit",
      "edit",
    ]);
    expect(edit?.changeAnnotations?.["/etc/gitlab-runner/config.toml"]).toEqual({
      label: "/etc/gitlab-runner/config.toml",
      needsConfirmation: true,
    });
    for (const uri of changed) {
      folder.write(uri.slice(folder.uri.length + 1), textAfter(asked, uri, ""));
      await client.open(uri, textAfter(asked, uri, ""));
    }
    expect(runCli(["lint", folder.path])).toMatchObject({ code: 0, stdout: "3 files checked, nothing to report\n" });
    expect(await run("setUp", request)).toEqual({ changed: [] });
    expect(asked).toHaveLength(1);
    expect(shown()).toEqual(["All files hold this already."]);
  });

  it("hand out what an editor cannot make, with the commands that put it in place", async () => {
    const { run, asked, folder, shown } = await start({ "README.md": "" }, { documentChanges: true });
    const request = { folder: folder.uri, proxy: "http://proxy.corp.example:8080" };
    const { changed, byHand } = await run<{ changed: string[]; byHand: { paths: string[]; text: string } }>(
      "setUp",
      request,
    );
    expect([changed, asked]).toEqual([[], []]);
    expect(byHand.paths).toHaveLength(3);
    expect(byHand.text).toContain(
      "sudo install -D -o root -g root -m 0600 /dev/stdin /etc/gitlab-runner/config.toml <<'EOF'\nconcurrent = 1\n",
    );
    expect(byHand.text).toMatch(
      /EOF\nsudo systemctl daemon-reload\nsudo systemctl restart docker.service gitlab-runner.service\n$/,
    );
    expect(shown()[0]).toContain("cannot be written from here");
  });

  it("hand out the files of another user, and change those that are open to this one", async () => {
    const { run, asked, folder, uriOf } = await start(hostFiles, able, { user: "nobody" });
    for (const path of Object.keys(hostFiles)) chmodSync(folder.join(path), path === toml ? 0o666 : 0o444);
    chmodSync(folder.join("etc"), 0o555);
    const request = { folder: folder.uri, proxy: "http://proxy.corp.example:8080" };
    const { changed, byHand } = await run<{ changed: string[]; byHand: { paths: string[] } }>("setUp", request);
    expect(changed).toEqual([uriOf(toml)]);
    expect(asked).toHaveLength(1);
    expect(byHand.paths).toEqual([
      "/etc/systemd/system/docker.service.d/http-proxy.conf",
      "/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
    ]);
  });

  it("change the address of a proxy in all files, with the versions of those that are open", async () => {
    const { client, run, asked, uriOf } = await start();
    await client.open(uriOf(toml), hostFiles[toml] ?? "", 7);
    const params = { uri: uriOf(toml), from: "172.17.0.1:3128", to: "172.17.0.1:3129" };
    const { changed } = await run<{ changed: string[] }>("changeProxyAddress", params);
    expect(changed).toHaveLength(4);
    const versions = asked[0]?.edit.documentChanges?.map((change) => "textDocument" in change && change.textDocument);
    expect(versions).toContainEqual({ uri: uriOf(toml), version: 7 });
    expect(versions).toContainEqual({ uri: uriOf("etc/cntlm.conf"), version: null });
    await expect(run("changeProxyAddress", { ...params, from: "elsewhere:1" })).rejects.toThrow(
      "No setting names the proxy elsewhere:1.",
    );
  });

  it("read the JSON of a script and write it back", async () => {
    const { client, run, asked, uriOf } = await start();
    const uri = uriOf(toml);
    const text = hostFiles[toml] ?? "";
    await client.open(uri, text);
    const json = await run<WriteEmbeddedParams>("readEmbedded", { uri });
    const next = { uri, id: json.id, version: json.version, text: json.text.replace("172.17.0.1:3128", "10.0.0.1:80") };
    expect(await run("writeEmbedded", next)).toMatchObject({
      changed: [uri],
      version: expect.stringContaining("10.0.0.1"),
    });
    expect(textAfter(asked, uri, text)).toBe(text.replace(/172\.17\.0\.1:3128(?=\\)/, "10.0.0.1:80"));
    await expect(run("writeEmbedded", { ...next, version: "{}" })).rejects.toThrow("has changed in its file");
  });

  it("show a script decoded and generate it anew, by its lenses", async () => {
    const { client, asked, uriOf, shown } = await start();
    const uri = uriOf("project/.gitlab-ci.yml");
    const text = `build:
  before_script:
    - echo "{\\"proxies\\":{\\"default\\":{\\"httpProxy\\":\\"http://me:secret@proxy.example:1\\"}}" > ~/.docker/config.json
  script: docker build .
`;
    await client.open(uri, text);
    const lenses = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    expect(lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`)).toEqual([
      "2 Show decoded",
      "2 Regenerate",
    ]);
    const execute = ({ command }: CodeLens) =>
      client.connection.sendRequest<unknown>("workspace/executeCommand", command);
    const [decoded, regenerate] = lenses;
    if (!decoded || !regenerate) throw new Error("no lenses");
    expect(await execute(decoded)).toMatch(
      /```json\n\{\n {2}"proxies": \{\n {4}"default": \{\n {6}"httpProxy": "http:\/\/…@proxy/,
    );
    expect(shown()).toEqual([expect.stringContaining("## Script, as the shell runs it")]);
    expect(await execute(regenerate)).toEqual({ changed: [uri] });
    expect(textAfter(asked, uri, text)).toBe(`build:
  before_script:
    - |
      mkdir -p "$HOME/.docker"
      printf '%s\\n' '{"proxies":{"default":{"httpProxy":"http://me:secret@proxy.example:1","httpsProxy":"http://me:secret@proxy.example:1","noProxy":"localhost,127.0.0.1,docker"}}}' > "$HOME/.docker/config.json"
  script: docker build .
`);
  });

  it("explain a route and say how files are installed, as text", async () => {
    const { run, uriOf, shown } = await start();
    const route = await run<string>("explainRoute", { url: "http://u:hunter2@gitlab.example/", uri: uriOf(toml) });
    expect(route).toMatch(/^The way of http:\/\/…@gitlab\.example\/\n\nJob container builder\n {4}direct: curl,/);
    expect(await run("installCommands", { uris: [uriOf("etc/cntlm.conf")] })).toMatch(
      /^sudo install .* \/etc\/cntlm\.conf\nsudo systemctl restart cntlm\.service\n$/,
    );
    expect(shown()).toHaveLength(2);
    expect(shown()[0]).toBe(route);
  });

  it("tell of an editor that does not change files", async () => {
    const refusing = await start(hostFiles, able, { applied: false });
    const params = { uri: refusing.uriOf(toml), from: "172.17.0.1:3128", to: "172.17.0.1:3129" };
    await expect(refusing.run("changeProxyAddress", params)).rejects.toThrow("The buffer is read-only.");
    const asking = await start(hostFiles, able, { declines: true });
    const again = { ...params, uri: asking.uriOf(toml) };
    await expect(asking.run("changeProxyAddress", again)).rejects.toThrow("The user declined.");
  });
});
