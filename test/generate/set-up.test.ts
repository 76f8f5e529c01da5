import { describe, expect, it } from "vitest";
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
  });
});
