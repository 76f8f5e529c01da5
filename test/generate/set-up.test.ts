import { describe, expect, it } from "vitest";
import { setUpPlaces } from "../../server/src/generate/set-up/places.js";
import { type SetUpRequest, setUp } from "../../server/src/generate/set-up/set-up.js";
import { createService, type Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { hostFiles, hostService } from "../support/navigation.js";

const root = "file:///host";

/** Sets a host up. @returns the paths of the files that changed */
function run(service: Service, request: SetUpRequest, folder = root): string[] {
  const made = setUp(service, folder, request);
  if ("problem" in made) throw new Error(english(made.problem));
  for (const { uri, text } of made.files) service.setDocument(uri, text, 1);
  return made.files.map(({ path }) => path);
}

function findings(service: Service): string[] {
  return service
    .uris()
    .flatMap((uri) =>
      service.findings(uri).map(({ rule, message, severity }) => `${uri} ${severity} ${rule}: ${message}`),
    );
}

const direct: SetUpRequest = {
  proxy: "http://proxy.corp.example:8080",
  noProxy: "localhost,127.0.0.1,docker,gitlab.corp.example",
};
const cntlm: SetUpRequest = {
  parents: ["proxy1.corp.example:8080", "proxy2.corp.example:8080"],
  username: "svc",
  domain: "CORP",
  hash: "1F6839EE15E639893286CF65C5D0A65C",
};

describe("set up", () => {
  it.each([
    ["a proxy", direct],
    ["cntlm", cntlm],
  ])("makes a host without findings from nothing, with %s, and is done then", (_, request) => {
    const service = createService();
    const files = run(service, request);
    expect(files).toContain("/etc/systemd/system/docker.service.d/http-proxy.conf");
    expect(findings(service)).toEqual([]);
    expect(run(service, request)).toEqual([]);
  });

  it("amends what is there, and nothing else of it", () => {
    const service = hostService();
    run(service, direct, "file:///");
    const text = (path: string) => service.document(`file:///${path}`)?.text;
    expect(text("etc/systemd/system/docker.service.d/http-proxy.conf")).toBe(`# see /etc/cntlm.conf
[Service]
Environment="HTTP_PROXY=http://proxy.corp.example:8080"
Environment="HTTPS_PROXY=http://proxy.corp.example:8080"
Environment="NO_PROXY=localhost,127.0.0.1,docker,gitlab.corp.example"
`);
    const before = hostFiles["etc/gitlab-runner/config.toml"] ?? "";
    expect(text("etc/gitlab-runner/config.toml")?.replace(/environment = \[[^\]]*\]/, "")).toBe(
      before.replace(/environment = \[[^\]]*\]/, ""),
    );
    expect(text("etc/cntlm.conf")).toBe(hostFiles["etc/cntlm.conf"]);
    expect(run(service, direct, "file:///")).toEqual([]);
  });

  it("adds to cntlm.conf what it lacks", () => {
    const service = hostService();
    run(service, cntlm, "file:///");
    expect(service.document("file:///etc/cntlm.conf")?.text).toBe(
      `${hostFiles["etc/cntlm.conf"]}Proxy        proxy2.corp.example:8080\n`,
    );
    expect(run(service, cntlm, "file:///")).toEqual([]);
  });

  it("mends what cntlm would take for a part of the value", () => {
    const service = createService();
    service.setDocument(
      `${root}/etc/cntlm.conf`,
      "Domain = CORP\nProxy 'proxy1.corp.example:8080'\nListen 172.17.0.1:3128\n",
    );
    run(service, cntlm);
    expect(service.document(`${root}/etc/cntlm.conf`)?.text).toBe(`Domain CORP
Proxy proxy1.corp.example:8080
Listen 172.17.0.1:3128
Username     svc
PassNTLMv2   1F6839EE15E639893286CF65C5D0A65C
Proxy        proxy2.corp.example:8080
`);
  });

  it("amends Docker's JSON, environment files and pipelines that name another proxy", () => {
    const service = createService();
    const files = {
      "root/.docker/config.json": '{\n  "auths": {},\n  "proxies": {"default": {"httpProxy": "http://old:1"}}\n}\n',
      "etc/docker/daemon.json": '{"proxies": {"http-proxy": "http://old:1"}}\n',
      "etc/default/docker": "https_proxy=http://old:1\n",
      "etc/default/cron": "https_proxy=http://old:1\n",
      "project/.gitlab-ci.yml":
        'variables:\n  HTTP_PROXY: "http://old:1"\n  NO_PROXY: "localhost;docker"\nbuild:\n  services: ["docker:dind"]\n  script: docker build .\n',
    };
    for (const [path, text] of Object.entries(files)) service.setDocument(`${root}/${path}`, text);
    run(service, { proxy: "http://new:2" });
    const text = (path: string) => service.document(`${root}/${path}`)?.text;
    expect(text("root/.docker/config.json")).toBe(
      '{\n  "auths": {},\n  "proxies": {"default": {"httpProxy": "http://new:2", "httpsProxy": "http://new:2", "noProxy": "localhost,127.0.0.1,docker"}}\n}\n',
    );
    expect(text("etc/docker/daemon.json")).toContain('{"proxies": {"http-proxy": "http://new:2"');
    expect(text("etc/default/docker")).toContain("https_proxy=http://new:2\n");
    expect(service.document(`${root}/etc/default/cron`)?.text ?? "").not.toContain("new");
    expect(text("project/.gitlab-ci.yml")).toContain('HTTP_PROXY: "http://new:2"\n  NO_PROXY: "localhost,docker"');
    expect(findings(service).filter((line) => /gitlab-ci|root\/.docker/.test(line))).toEqual([]);
    expect(run(service, { proxy: "http://new:2" })).toEqual([]);
  });

  it("leaves bypass lists alone where none is asked for", () => {
    const service = hostService();
    run(service, { proxy: "http://new:2" }, "file:///");
    expect(service.document("file:///etc/gitlab-runner/config.toml")?.text).toContain(
      "NO_PROXY=localhost,.corp.example",
    );
  });

  it("makes root's .docker/config.json where it is asked for", () => {
    const service = createService();
    expect(run(service, { ...direct, dockerConfig: true })).toContain("/root/.docker/config.json");
    expect(findings(service)).toEqual([]);
    expect(run(service, { ...direct, dockerConfig: true })).toEqual([]);
  });

  it("says in the settings where docker0 lies, unless the files do", () => {
    const config = { uri: `${root}/.runner-proxy.json`, text: '{\n  // ours\n  "rules": {}\n}\n' };
    const written = (request: SetUpRequest, service = createService()) => {
      const made = setUp(service, root, request, config);
      return "files" in made && made.files.find(({ uri }) => uri === config.uri)?.text;
    };
    const docker0 = "10.200.0.1";
    expect(written({ ...direct, docker0 })).toBe('{\n  // ours\n  "rules": {},\n  "docker0Address": "10.200.0.1"\n}\n');
    expect(written({ ...cntlm, docker0 })).toBeUndefined();
    expect(written({ ...direct, docker0: "172.17.0.1" })).toBeUndefined();
    const told = createService();
    told.setDocument(`${root}/etc/docker/daemon.json`, '{"bip": "10.200.0.1/24"}');
    expect(written({ ...direct, docker0 }, told)).toBeUndefined();
  });

  it("adds nothing that a unit takes back, and counts a last line that does not end", () => {
    const service = createService();
    const unit = `${root}/etc/systemd/system/docker.service.d/http-proxy.conf`;
    service.setDocument(unit, '[Service]\nEnvironment="https_proxy=http://old:1"\nUnsetEnvironment=HTTP_PROXY\n');
    service.setDocument(`${root}/etc/cntlm.conf`, "Domain CORP\nUsername svc");
    run(service, cntlm);
    expect(run(service, cntlm)).toEqual([]);
    expect(service.document(unit)?.text).not.toContain('"HTTP_PROXY=');
    expect(service.document(`${root}/etc/cntlm.conf`)?.text).toMatch(/^Domain CORP\nUsername svc\nPassNTLMv2 /);
  });

  it("asks for what it needs", () => {
    const problem = (request: SetUpRequest) => {
      const made = setUp(createService(), root, request);
      return "problem" in made ? english(made.problem) : "";
    };
    expect(problem({})).toMatch(/^Name the proxy/);
    expect(problem({ proxy: "http://me:pw@proxy:1" })).toMatch(/^Write the proxy as/);
    expect(problem({ ...cntlm, hash: "secret" })).toMatch(/^A PassNTLMv2/);
    expect(problem({ ...cntlm, domain: "A\nPassword x" })).toMatch(/line break/);
    expect(problem({ proxy: "http://p:1", noProxy: "a\nb" })).toMatch(/line break/);
    expect(problem({ ...direct, docker0: "docker0" })).toMatch(/^Write docker0's address/);
  });
});

describe("places to set up", () => {
  it("are the hosts below the folders and the folders, with what their files say", () => {
    const service = createService();
    for (const [path, text] of Object.entries(hostFiles)) service.setDocument(`file:///w/a%20b/${path}`, text);
    const places = setUpPlaces(service, ["file:///w", "file:///empty"]);
    expect(places).toEqual([
      {
        folder: "file:///w/a%20b",
        known: {
          docker0: "172.17.0.1",
          noProxy: "localhost,.corp.example,127.0.0.1,docker",
          dockerConfig: false,
          parents: ["proxy1.corp.example:8080"],
          username: "svc",
          domain: "CORP",
        },
      },
      {
        folder: "file:///w",
        known: { docker0: "172.17.0.1", noProxy: "localhost,127.0.0.1,docker", dockerConfig: false },
      },
      {
        folder: "file:///empty",
        known: { docker0: "172.17.0.1", noProxy: "localhost,127.0.0.1,docker", dockerConfig: false },
      },
    ]);
    expect(setUpPlaces(hostService(), ["file:///"])).toMatchObject([{ folder: "file:///" }]);
  });
});
