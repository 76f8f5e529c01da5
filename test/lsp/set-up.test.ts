import { afterEach, describe, expect, it } from "vitest";
import { type InstallCommandsResult, methods, type SetUpPlace, type SetUpResult } from "../../server/src/protocol.js";
import { Folder } from "../support/cli.js";
import { uriOf } from "../support/engine.js";
import { LspClient } from "../support/lsp-client.js";
import { cntlm, dropin, hostFiles, toml } from "../support/navigation.js";

let client: LspClient | undefined;

afterEach(() => client?.process.kill());

describe("set up over the protocol", () => {
  it("gives the files to be made and the edits of those that are there", async () => {
    using folder = new Folder({ "etc/keep": "" });
    client = await LspClient.start();
    await client.open(`${folder.uri}/etc/gitlab-runner/config.toml`, hostFiles["etc/gitlab-runner/config.toml"] ?? "");
    const params = { folder: folder.uri, proxy: "http://proxy.example:8080" };
    const made = await client.connection.sendRequest<SetUpResult>(methods.setUp, params);
    if ("problem" in made) throw new Error(made.problem);
    expect(made.files.map(({ path, creates, edits }) => [path, creates, edits.length])).toEqual([
      ["/etc/systemd/system/docker.service.d/http-proxy.conf", true, 0],
      ["/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf", true, 0],
      ["/etc/gitlab-runner/config.toml", false, 2],
    ]);
    expect(await client.connection.sendRequest(methods.setUp, { proxy: 1 })).toHaveProperty("problem");
  });

  it("tells the hosts of the workspace, with what their files say", async () => {
    using folder = new Folder({ "a/etc/cntlm.conf": "Username svc\nListen 10.200.0.1:3128\n", "b/etc/cntlm.conf": "" });
    client = await LspClient.start({ folder: folder.uri });
    const places = await client.connection.sendRequest<SetUpPlace[]>(methods.setUpPlaces);
    expect(places.map(({ name, known }) => [name, known.docker0, known.username])).toEqual([
      ["a", "10.200.0.1", "svc"],
      ["b", "172.17.0.1", undefined],
      [expect.stringMatching(/^runner-proxy-/), "172.17.0.1", undefined],
    ]);
  });

  it("gives the commands that put files in place", async () => {
    client = await LspClient.start();
    for (const [path, text] of Object.entries(hostFiles)) await client.open(uriOf(`srv/a b/${path}`), text);
    const uris = [cntlm, dropin, toml].map((uri) => uri.replace("file:///", "file:///srv/a b/"));
    const made = await client.connection.sendRequest<InstallCommandsResult>(methods.installCommands, { uris });
    expect(
      "text" in made && made.text,
    ).toBe(`sudo install -D -o root -g root -m 0600 '/srv/a b/etc/cntlm.conf' /etc/cntlm.conf
sudo install -D -o root -g root -m 0644 '/srv/a b/etc/systemd/system/docker.service.d/http-proxy.conf' /etc/systemd/system/docker.service.d/http-proxy.conf
sudo install -D -o root -g root -m 0600 '/srv/a b/etc/gitlab-runner/config.toml' /etc/gitlab-runner/config.toml
sudo systemctl daemon-reload
sudo systemctl restart cntlm.service docker.service
`);
    const ci = { uris: [uriOf("srv/a b/project/.gitlab-ci.yml")] };
    expect(await client.connection.sendRequest(methods.installCommands, ci)).toHaveProperty("problem");
  });
});
