import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { chainViews } from "../../server/src/features/chain-view.js";
import { createService } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { chainOf } from "../../server/src/workspace/chain.js";
import { routesOf } from "../../server/src/workspace/routes.js";
import { needs } from "../support/programs.js";

const url = "http://a.corp.invalid/group/project.git";

/** The route of git in the helper container after the script, where the variables name a proxy. */
function routeAfter(script: string, address: string) {
  const engine = createService();
  const uri = "file:///host/etc/gitlab-runner/config.toml";
  engine.setDocument(
    uri,
    `[[runners]]
  name = "r"
  executor = "docker"
  environment = ["http_proxy=${address}"]
  pre_get_sources_script = ${JSON.stringify(script)}
`,
  );
  const [route] = routesOf(chainOf(engine.host(uri)), url, { from: "helper", client: "git" });
  return route;
}

describe.runIf(needs("git"))("git's own settings", () => {
  let server: Server;
  let address = "";
  let asked = 0;

  beforeAll(async () => {
    server = createServer((_, response) => {
      asked++;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    if (typeof at === "object" && at) address = `http://127.0.0.1:${at.port}`;
  });

  afterAll(() => {
    server.close();
  });

  /** Whether git asks the proxy of its variables. */
  async function wayOfGit(settings: readonly string[]): Promise<string> {
    asked = 0;
    const args = [...settings.flatMap((setting) => ["-c", setting]), "ls-remote", url];
    const env = { PATH: process.env.PATH, HOME: "/nonexistent", http_proxy: address, GIT_TERMINAL_PROMPT: "0" };
    await new Promise((resolve) => spawn("git", args, { env, stdio: "ignore" }).on("close", resolve));
    return asked > 0 ? "proxy" : "direct";
  }

  it.each([
    [["http.proxy="]],
    [["http.http://a.corp.invalid.proxy="]],
    [["http.http://a.corp.invalid/.proxy="]],
    [["http.http://a.corp.invalid/group.proxy="]],
    [["http.http://a.corp.invalid/gro.proxy="]],
    [["http.http://*.corp.invalid.proxy="]],
    [["http.http://*.invalid.proxy="]],
    [["http.https://a.corp.invalid.proxy="]],
    [["http.http://a.corp.invalid:80.proxy="]],
    [["http.http://a.corp.invalid:8080.proxy="]],
    [["http.http://A.corp.invalid.proxy="]],
    [["http.proxy=ADDRESS", "http.http://a.corp.invalid.proxy="]],
    [["http.http://a.corp.invalid.proxy=ADDRESS", "http.proxy="]],
    [["http.http://a.corp.invalid.proxy=", "http.http://a.corp.invalid/group.proxy=ADDRESS"]],
  ])("%j", async (settings) => {
    const filled = settings.map((setting) => setting.replace("ADDRESS", address));
    const script = filled.map((setting) => {
      const at = setting.lastIndexOf("proxy=") + "proxy".length;
      return `git config --global ${setting.slice(0, at)} '${setting.slice(at + 1)}'`;
    });
    expect(routeAfter(script.join("\n"), address)?.via).toBe(await wayOfGit(filled));
  });
});

test.each([
  ["git config --global http.proxy http://git.lan:1\ngit config --global --unset http.proxy", "proxy http://env.lan:1"],
  ["if test -e x; then git config --global http.proxy http://git.lan:1; fi", "unknown"],
  ["git config --global http.proxy http://git.lan:1\ntest -e x && git config --global --unset http.proxy", "unknown"],
  ["git config --global http.http://$CI_SERVER_HOST.proxy ''", "unknown"],
  ["git config --global remote.origin.proxy http://git.lan:1", "proxy http://git.lan:1"],
  ["git config --global core.gitProxy http://git.lan:1", "proxy http://env.lan:1"],
])("after %j git goes by %s", (script, way) => {
  const route = routeAfter(script, "http://env.lan:1");
  expect([route?.via, route?.proxy].filter((part) => part !== undefined).join(" ")).toBe(way);
});

test("the picture leads from git's own proxy, too", () => {
  const engine = createService();
  engine.setDocument("file:///host/etc/cntlm.conf", "Proxy p.lan:8080\nListen 172.17.0.1:3128\n");
  engine.setDocument(
    "file:///host/etc/gitlab-runner/config.toml",
    `[[runners]]
  name = "r"
  executor = "docker"
  pre_get_sources_script = "git config --global http.proxy http://172.17.0.1:3128"
`,
  );
  const [view] = chainViews(engine, english);
  expect(view?.links.filter(({ from }) => from === "helper:r")).toMatchObject([
    { to: "cntlm", address: "172.17.0.1:3128", location: { range: { start: { line: 3 } } } },
  ]);
});
