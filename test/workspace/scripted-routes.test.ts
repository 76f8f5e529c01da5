import { expect, test } from "vitest";
import type { ClientName } from "../../server/src/proxy/clients.js";
import { createService } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { chainOf } from "../../server/src/workspace/chain.js";
import { routesOf } from "../../server/src/workspace/routes.js";

const config = "etc/gitlab-runner/config.toml";

/** The way that a client, curl if none is named, takes from each hop. */
function ways(
  files: Readonly<Record<string, string>>,
  url: string,
  client: ClientName = "curl",
): Record<string, string> {
  const engine = createService();
  for (const [path, text] of Object.entries(files)) engine.setDocument(`file:///host/${path}`, text);
  const chain = chainOf(engine.host(engine.uris()[0] ?? ""));
  const routes = routesOf(chain, url, { client });
  return Object.fromEntries(routes.map(({ hop, via, proxy }) => [hop.id, proxy ?? via]));
}

function runner(script: string): Record<string, string> {
  return {
    [config]: `[[runners]]
  name = "r"
  executor = "docker"
  environment = ["https_proxy=http://e.lan:1", "no_proxy=.lan"]
  pre_build_script = ${JSON.stringify(script)}
`,
  };
}

test.each([
  ["unset no_proxy", "http://e.lan:1"],
  ["export -n no_proxy", "http://e.lan:1"],
  ["export no_proxy=", "http://e.lan:1"],
  ["unset no_proxy; export no_proxy=.lan", "direct"],
  ["export no_proxy=.lan; unset no_proxy", "http://e.lan:1"],
  ["unset NO_PROXY", "direct"],
  ["unset https_proxy", "direct"],
  ["unset no_proxy https_proxy; export https_proxy=http://s.lan:1", "http://s.lan:1"],
  ["if test -e x; then unset no_proxy; fi", "unknown"],
  ["test -e x && unset no_proxy", "unknown"],
  ["(unset no_proxy)", "direct"],
  ["unset no_proxy | cat", "direct"],
  ["(export no_proxy=.other)", "direct"],
])("after %j a request to a host of the bypass list goes by %s", (script, way) => {
  expect(ways(runner(script), "https://a.lan/")["job:r"]).toBe(way);
});

test("a job without variables of its own is a hop where its script changes its proxies", () => {
  const files = {
    ".gitlab-ci.yml": `variables:
  https_proxy: http://ci.lan:1
  no_proxy: .lan
exporting:
  before_script: [export https_proxy=http://s.lan:1]
  script: [make]
unsetting:
  script: [unset https_proxy]
plain:
  script: ["curl https://proxy.example/"]
aside:
  script: ["(export https_proxy=http://s.lan:1)"]
.hidden:
  script: [export https_proxy=http://hidden.lan:1]
`,
  };
  expect(ways(files, "https://x.example/")).toEqual({
    "job:variables": "http://ci.lan:1",
    "job:exporting": "http://s.lan:1",
    "job:unsetting": "unknown",
  });
});

test("what a rule or a matrix of a job sets is not known, whatever its variables say", () => {
  const files = {
    ".gitlab-ci.yml": `variables:
  https_proxy: http://ci.lan:1
  no_proxy: .lan
by-rule:
  rules: [{if: $X, variables: {https_proxy: "http://rule.lan:1"}}]
  variables: {no_proxy: .lan}
  script: [make]
by-matrix:
  parallel: {matrix: [{https_proxy: ["http://a.lan:1", ""]}]}
  variables: {no_proxy: .lan}
  script: [make]
of-another-name:
  rules: [{if: $X, variables: {DEPLOY: "1"}}]
  variables: {no_proxy: .lan}
  script: [make]
set-again:
  rules: [{if: $X, variables: {https_proxy: "http://rule.lan:1"}}]
  variables: {no_proxy: .lan}
  script: [export https_proxy=http://s.lan:1, make]
`,
  };
  expect(ways(files, "https://x.example/")).toEqual({
    "job:variables": "http://ci.lan:1",
    "job:by-rule": "unknown",
    "job:by-matrix": "unknown",
    "job:of-another-name": "http://ci.lan:1",
    "job:set-again": "http://s.lan:1",
  });
});

test("rules of the pipeline replace its global variables in some runs, and no variables of a job", () => {
  const files = {
    ".gitlab-ci.yml": `workflow:
  rules:
    - if: $CI_COMMIT_TAG
      variables: {https_proxy: "http://tag.lan:1"}
    - when: always
variables:
  https_proxy: http://ci.lan:1
  no_proxy: .lan
inheriting:
  variables: {no_proxy: .lan}
  script: [make]
own:
  variables: {https_proxy: "http://own.lan:1"}
  script: [make]
`,
  };
  expect(ways(files, "https://x.example/")).toEqual({
    "job:variables": "unknown",
    "job:inheriting": "unknown",
    "job:own": "http://own.lan:1",
  });
});

test("the folder of a runner that runs in a container belongs to its host", () => {
  const files = {
    "srv/gitlab-runner/config/config.toml": runner("true")[config] ?? "",
    "etc/systemd/system/docker.service.d/p.conf": "[Service]\nEnvironment=HTTPS_PROXY=http://d.lan:1\n",
  };
  expect(ways(files, "https://x.example/")["job:r"]).toBe("http://e.lan:1");
  const engine = createService();
  for (const [path, text] of Object.entries(files)) engine.setDocument(`file:///host/${path}`, text);
  const routes = routesOf(chainOf(engine.host(engine.uris()[0] ?? "")), "https://x.example/", { from: "runner" });
  expect(routes.map(({ via }) => via)).toEqual(["unknown"]);
});

test.each([
  ["export no_proxy=$no_proxy,.more", "https://a.more/", "direct"],
  [`export no_proxy="\${no_proxy},.more"`, "https://a.lan/", "direct"],
  ["export no_proxy=$no_proxy,.more", "https://x.example/", "http://e.lan:1"],
  ["export no_proxy=.a; export no_proxy=$no_proxy,.b", "https://x.a/", "direct"],
  ["export no_proxy=.a; export no_proxy=$no_proxy,.b", "https://x.lan/", "http://e.lan:1"],
  ["export no_proxy=$NO_PROXY,.more", "https://a.lan/", "http://e.lan:1"],
  ["export no_proxy=$no_proxy,$CI_SERVER_HOST", "https://a.lan/", "unknown"],
  ["export no_proxy=$no_proxy$no_proxy; export no_proxy=$no_proxy$no_proxy,.more", "https://a.more/", "direct"],
])("what %j adds to the list counts for %s: %s", (script, url, way) => {
  expect(ways(runner(script), url)["job:r"]).toBe(way);
});

test("the entry of a list put together is marked where it stands", () => {
  const engine = createService();
  engine.setDocument(`file:///host/${config}`, runner("export no_proxy=$no_proxy,.more")[config] ?? "");
  const chain = chainOf(engine.host(`file:///host/${config}`));
  const entryFor = (url: string) => {
    const [route] = routesOf(chain, url, { from: "job", client: "curl" });
    const { document, span } = route?.place ?? {};
    return span && document?.text.slice(span.start - 1, span.end + 1);
  };
  expect(entryFor("https://a.lan/")).toBe('=.lan"');
  expect(entryFor("https://a.more/")).toBe(',.more"');
});

test.each([
  [`$env:https_proxy = "http://s.lan:1"`, "unknown"],
  ["Remove-Item Env:https_proxy", "unknown"],
  ["Write-Output done", "http://e.lan:1"],
])("what PowerShell makes of %j is not known", (script, way) => {
  const files = { [config]: `${runner(script)[config]}  shell = "pwsh"\n` };
  expect(ways(files, "https://x.example/")["job:r"]).toBe(way);
});

test("what comes after the job's own script, or has a shell of its own, does not change its way", () => {
  const post = "[[runners]]\nname = 'r'\nexecutor = 'docker'\nenvironment = ['https_proxy=http://e.lan:1']\n";
  const files = {
    [config]: `${post}post_build_script = "export https_proxy=http://post.lan:1"\n`,
    "srv/.gitlab-ci.yml": "job:\n  script: [make]\n  after_script: [export https_proxy=http://after.lan:1]\n",
  };
  const found = ways(files, "https://x.example/");
  expect(found["job:r"]).toBe("http://e.lan:1");
  expect(found).not.toHaveProperty("job:r/job");
});

test("the runner's script runs after a job's variables are set, and before the job's own", () => {
  const files = {
    ...runner("export https_proxy=http://pre.lan:1"),
    "srv/.gitlab-ci.yml": `by-variables:
  variables: {https_proxy: "http://ci.lan:1"}
  script: [make]
by-script:
  script: [export https_proxy=http://job.lan:1, make]
`,
  };
  const found = ways(files, "https://x.example/");
  expect(found["job:r/by-variables"]).toBe("http://pre.lan:1");
  expect(found["job:r/by-script"]).toBe("http://job.lan:1");
});

test("a job that extends another, or inherits no variables, is a hop, and what never runs is none", () => {
  const files = {
    ".gitlab-ci.yml": `variables: {https_proxy: "http://global.lan:1", no_proxy: .lan}
.base:
  variables: {https_proxy: "http://base.lan:1"}
.two:
  variables: {https_proxy: "http://two.lan:1"}
one:
  extends: .base
  script: [make]
both:
  extends: [.base, .two]
  script: [make]
apart:
  extends: .base
  inherit: {variables: false}
  script: [make]
plain:
  script: [make]
.unused:
  variables: {https_proxy: "http://unused.lan:1", no_proxy: .lan}
`,
  };
  expect(ways(files, "https://x.example/")).toEqual({
    "job:variables": "http://global.lan:1",
    "job:one": "http://base.lan:1",
    "job:both": "http://two.lan:1",
    "job:apart": "unknown",
    "job:.unused": "http://unused.lan:1",
  });
});

test("a job's variables reach its helper container, what its scripts export does not", () => {
  const files = {
    [config]: "[[runners]]\nname = 'r'\nexecutor = 'docker'\n",
    "srv/.gitlab-ci.yml": `by-variables:
  variables: {https_proxy: "http://ci.lan:1"}
  script: [make]
by-script:
  script: [export https_proxy=http://job.lan:1, make]
by-hook:
  hooks: {pre_get_sources_script: [export https_proxy=http://hook.lan:1]}
  script: [make]
`,
  };
  expect(ways(files, "https://x.example/", "git")).toEqual({
    "job:r": "direct",
    "helper:r": "direct",
    "job:r/by-variables": "http://ci.lan:1",
    "helper:r/by-variables": "http://ci.lan:1",
    "job:r/by-script": "http://job.lan:1",
    "helper:r/by-hook": "http://hook.lan:1",
  });
  expect(ways(files, "https://x.example/", "go")["helper:r/by-hook"]).toBe("direct");
});

test("a pipeline with an include may override what the runner gives", () => {
  const files = {
    [config]: "[[runners]]\nname = 'r'\nexecutor = 'docker'\nenvironment = ['https_proxy=http://e.lan:1']\n",
    "srv/.gitlab-ci.yml": "include: [{local: a.yml}]\njob:\n  variables: {no_proxy: .lan}\n  script: [make]\n",
  };
  expect(ways(files, "https://x.example/")["job:r/job"]).toBe("unknown");
});

test("cntlm has other parents where the first fails", () => {
  const engine = createService();
  engine.setDocument("file:///host/etc/cntlm.conf", "Proxy 10.0.0.1:80\nProxy 10.0.0.2:80\nListen 3128\n");
  const [route] = routesOf(chainOf(engine.host("file:///host/etc/cntlm.conf")), "http://x.example/");
  expect(route?.proxy).toBe("10.0.0.1:80");
  expect(route && english(route.because)).toContain("10.0.0.2:80");
});

test("a dind service of a job has its job's variables and its own, one hop for all with the global ones", () => {
  const files = {
    ".gitlab-ci.yml": `variables: {HTTPS_PROXY: "http://ci.lan:1", NO_PROXY: .lan}
own:
  services:
    - name: docker:27-dind
      alias: builder
      variables: {HTTPS_PROXY: "http://dind.lan:1"}
  script: [docker build .]
set:
  variables: {HTTPS_PROXY: "http://set.lan:1"}
  services:
    - name: docker:27-dind
      variables: {NO_PROXY: x.example}
  script: [docker build .]
plain:
  services: ["docker:27-dind"]
  script: [docker build .]
plain-too:
  services: ["docker:27-dind"]
  script: [docker push x]
`,
  };
  const engine = createService();
  for (const [path, text] of Object.entries(files)) engine.setDocument(`file:///host/${path}`, text);
  const routes = routesOf(chainOf(engine.host(engine.uris()[0] ?? "")), "https://x.example/", { client: "go" });
  expect(routes.map(({ hop, via, proxy }) => [hop.id, proxy ?? via])).toEqual([
    ["job:variables", "http://ci.lan:1"],
    ["helper:variables", "http://ci.lan:1"],
    ["job:set", "http://set.lan:1"],
    ["service:set/docker", "direct"],
    ["helper:set", "http://set.lan:1"],
    ["service:own/builder", "http://dind.lan:1"],
    ["service:variables/docker", "http://ci.lan:1"],
  ]);
});

const user = "home/ci/.config/systemd/user/docker.service.d/p.conf";
const system = "etc/systemd/system/docker.service.d/p.conf";
const dropin = (name: string) => `[Service]\nEnvironment=HTTP_PROXY=http://${name}:1\n`;
const daemon = (name: string) => JSON.stringify({ proxies: { "http-proxy": `http://${name}:1` } });

test.each<[string, Record<string, string>, string]>([
  ["a user's services are those of rootless Docker", { [user]: dropin("user") }, "http://user:1"],
  [
    "and never mix with the system's",
    { [user.replace("p.conf", "z.conf")]: dropin("user"), [system]: dropin("system") },
    "http://system:1",
  ],
  [
    "not those in /etc either",
    { [system.replace("system/docker", "user/docker")]: dropin("user"), [system]: dropin("system") },
    "http://system:1",
  ],
  [
    "a user's own file goes before that for all users",
    { [user]: dropin("own"), "etc/systemd/user/docker.service.d/p.conf": dropin("all") },
    "http://own:1",
  ],
  [
    "rootless Docker has a daemon.json of its own",
    { [user]: dropin("user"), "home/ci/.config/docker/daemon.json": daemon("own") },
    "http://own:1",
  ],
  [
    "which the system's dockerd does not read",
    { [system]: dropin("system"), "home/ci/.config/docker/daemon.json": daemon("own") },
    "http://system:1",
  ],
])("%s", (_, files, proxy) => {
  const engine = createService();
  for (const [path, text] of Object.entries(files)) engine.setDocument(`file:///host/${path}`, text);
  const routes = routesOf(chainOf(engine.host(engine.uris()[0] ?? "")), "http://x.example/", { from: "dockerd" });
  expect(routes.map((route) => route.proxy)).toEqual([proxy]);
});
