import { describe, expect, it, test } from "vitest";
import { createService, type Service } from "../../server/src/service.js";
import { chainOf } from "../../server/src/workspace/chain.js";
import { type RouteFilter, routesOf } from "../../server/src/workspace/routes.js";

const config = "etc/gitlab-runner/config.toml";

function serviceOf(files: Readonly<Record<string, string>>): Service {
  const service = createService();
  for (const [path, text] of Object.entries(files)) service.setDocument(`file:///host/${path}`, text);
  return service;
}

/** `hop client via [proxy]`, a line a route. */
function routes(files: Readonly<Record<string, string>>, filter: RouteFilter, url = "https://example.net/"): string[] {
  const service = serviceOf(files);
  return routesOf(chainOf(service.host(service.uris()[0] ?? "")), url, filter).map(({ hop, client, via, proxy }) =>
    [hop.id, client, via, ...(proxy === undefined ? [] : [proxy])].join(" "),
  );
}

const runner = (lines: string) => `[[runners]]\nname = "a"\nexecutor = "docker"\n${lines}\n`;

describe("routes", () => {
  it("take daemon.json over the variables of the service, key by key", () => {
    const files = {
      "etc/docker/daemon.json": '{"proxies":{"https-proxy":"http://json:1","no-proxy":""}}',
      "etc/systemd/system/docker.service.d/a.conf":
        "[Service]\nEnvironment=HTTPS_PROXY=http://unit:1 HTTP_PROXY=http://unit:2 NO_PROXY=example.org\n",
    };
    const from = { from: "dockerd" };
    expect(routes(files, from)).toEqual(["dockerd go proxy http://json:1"]);
    expect(routes(files, from, "http://example.net/")).toEqual(["dockerd go proxy http://unit:2"]);
    expect(routes(files, from, "https://example.org/")).toEqual(["dockerd go direct"]);
  });

  it("take what scripts export, and the variable that a value names", () => {
    const files = {
      [config]: runner(
        'environment = ["HTTPS_PROXY=http://a:1", "NO_PROXY=localhost"]\npre_build_script = "export https_proxy=$HTTPS_PROXY"',
      ),
    };
    expect(routes(files, { client: "wget" })).toEqual(["job:a wget proxy http://a:1"]);
    expect(routes({ [config]: runner('environment = ["https_proxy=$COMPANY"]') }, { client: "wget" })).toEqual([
      "job:a wget unknown",
    ]);
    expect(
      routes({ [config]: runner('environment = ["https_proxy=$B", "B=$https_proxy"]') }, { client: "wget" }),
    ).toEqual(["job:a wget unknown"]);
  });

  it("take what a script sets on a condition for unknown", () => {
    const files = { [config]: runner('pre_build_script = "if test -n $CI; then export https_proxy=http://a:1; fi"') };
    expect(routes(files, { client: "wget" })).toEqual(["job:a wget unknown"]);
  });

  it("take git's own proxy before the variables, in the helper container alone", () => {
    const files = {
      [config]: runner(
        'environment = ["https_proxy=http://a:1", "P=http://git:1"]\npre_get_sources_script = "git config --global http.proxy $P"',
      ),
    };
    expect(routes(files, { client: "git" })).toEqual(["job:a git proxy http://a:1", "helper:a git proxy http://git:1"]);
  });

  it("lay a job's variables over those of its runner", () => {
    const files = {
      [config]: runner('environment = ["https_proxy=http://a:1", "no_proxy=example.net"]'),
      "srv/.gitlab-ci.yml":
        "job:\n  image: alpine\n  variables:\n    no_proxy: example.org\n    https_proxy: http://ci:1\n  script: [make]\n",
    };
    expect(routes(files, { client: "curl" })).toEqual(["job:a curl direct", "job:a/job curl proxy http://ci:1"]);
    const alone = { "srv/.gitlab-ci.yml": files["srv/.gitlab-ci.yml"] };
    expect(routes(alone, { client: "curl" })).toEqual(["job:job curl proxy http://ci:1"]);
    expect(routes(alone, { client: "curl" }, "http://example.net/")).toEqual(["job:job curl unknown"]);
  });

  it("say that nothing is known of a service without files, of a job without container", () => {
    expect(routes({ [config]: runner("") }, { client: "go" })).toEqual([
      "job:a go direct",
      "helper:a go direct",
      "runner go unknown",
      "dockerd go unknown",
    ]);
    expect(routes({ [config]: '[[runners]]\nname = "a"\nexecutor = "shell"\n' }, { client: "curl" })).toEqual([
      "job:a curl unknown",
    ]);
  });

  it("give dind its own variables", () => {
    const files = {
      [config]: runner(
        'environment = ["HTTPS_PROXY=http://a:1"]\n[runners.docker]\n[[runners.docker.services]]\nname = "docker:27-dind"\nenvironment = ["HTTPS_PROXY=http://d:1"]',
      ),
    };
    expect(routes(files, { from: "service" })).toEqual(["service:a/docker go proxy http://d:1"]);
  });

  it("answer for the docker client where DOCKER_HOST is asked for", () => {
    const files = { [config]: runner('environment = ["HTTP_PROXY=http://a:1", "NO_PROXY=docker"]') };
    expect(routes(files, { from: "job" }, "tcp://docker:2375")).toEqual(["job:a docker direct"]);
  });

  it("end at an address that a client does not take", () => {
    const files = { [config]: runner('environment = ["https_proxy=a:1"]') };
    expect(routes(files, { client: "ruby" })).toEqual(["job:a ruby unknown"]);
    expect(routes(files, { client: "curl" })).toEqual(["job:a curl proxy a:1"]);
  });

  it("go on from cntlm to its parent, or past it by its wildcards", () => {
    const files = {
      "etc/cntlm.conf": "Username a\nProxy p:8080\nProxy q:8080\nNoProxy *.corp.lan, 10.?.*\nListen 3128\n",
    };
    const from = (url: string) => routes(files, { from: "cntlm" }, url);
    expect(from("https://example.net/")).toEqual(["cntlm cntlm proxy p:8080"]);
    expect(from("https://a.corp.lan/")).toEqual(["cntlm cntlm direct"]);
    expect(from("https://corp.lan/")).toEqual(["cntlm cntlm proxy p:8080"]);
    expect(from("https://10.1.2.3/")).toEqual(["cntlm cntlm direct"]);
    expect(from("https://10.11.2.3/")).toEqual(["cntlm cntlm proxy p:8080"]);
    expect(from("https://A.corp.LAN/")).toEqual(["cntlm cntlm proxy p:8080"]);
    expect(from("https://a.corp.lan:8443/")).toEqual(["cntlm cntlm direct"]);
    const sets = { "etc/cntlm.conf": "Username a\nProxy p:8080\nNoProxy [ab].lan, c.lan\nListen 3128\n" };
    expect(routes(sets, { from: "cntlm" }, "https://a.lan/")).toEqual(["cntlm cntlm unknown"]);
    expect(routes(sets, { from: "cntlm" }, "https://c.lan/")).toEqual(["cntlm cntlm direct"]);
  });
});

test("hosts are told apart by their folders, and a host's files alone make its chain", () => {
  const drop = (proxy: string) => `[Service]\nEnvironment=HTTPS_PROXY=http://${proxy}\n`;
  const path = "etc/systemd/system/docker.service.d/a.conf";
  const service = serviceOf({
    [`a/${path}`]: drop("a:1"),
    [`b/${path}`]: drop("b:1"),
    "b/srv/roles/docker.service.d/z.conf": drop("copy:1"),
  });
  const of = (host: string) =>
    routesOf(chainOf(service.host(`file:///host/${host}/${path}`)), "https://example.net/").map(({ proxy }) => proxy);
  expect(of("a")).toEqual(["http://a:1"]);
  expect(of("b")).toEqual(["http://b:1"]);
});

test("a keystroke makes the chain of its host anew, from what the other files have already said", () => {
  const service = serviceOf({
    [`a/${config}`]: runner('environment = ["https_proxy=http://a:1"]'),
    "a/etc/systemd/system/docker.service.d/a.conf": "[Service]\nEnvironment=HTTPS_PROXY=http://a:1\n",
    [`b/${config}`]: runner(""),
  });
  const uri = `file:///host/a/${config}`;
  const chain = (host: string) => chainOf(service.host(`file:///host/${host}/${config}`));
  const before = { a: chain("a"), b: chain("b"), dockerd: chain("a").dockerd.documents[0] };
  expect(chain("a")).toBe(before.a);
  service.setDocument(uri, runner('environment = ["https_proxy=http://b:1"]'), 2);
  expect(chain("a")).not.toBe(before.a);
  expect(chain("a").dockerd.documents[0]?.settings).toBe(before.dockerd?.settings);
  expect(chain("b")).toBe(before.b);
});

test("a runner without a name, and two of one name, have hops of their own", () => {
  const text = `${runner("")}${runner("")}[[runners]]\nexecutor = "docker"\n`;
  const service = serviceOf({ [config]: text });
  const jobs = chainOf(service.host(service.uris()[0] ?? "")).hops.filter(({ kind }) => kind === "job");
  expect(jobs.map(({ id }) => id)).toEqual(["job:a", "job:a#2", "job:runners[2]"]);
});
