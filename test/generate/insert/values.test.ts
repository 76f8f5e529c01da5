import { describe, expect, it } from "vitest";
import { listSnippets } from "../../../server/src/generate/insert.js";
import { prepare, snippet } from "./insertions.js";

describe("values", () => {
  it("come from what the host's other files say", () => {
    const others = {
      docker:
        '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:8080" "HTTPS_PROXY=http://user:secret@proxy.corp.example:8080"\nEnvironment="NO_PROXY=gitlab.corp.example"\n',
    };
    const after = snippet("runner-dropin", "runner", "", { others });
    expect(after).toContain('"HTTP_PROXY=http://proxy.corp.example:8080"');
    expect(after).toContain('"NO_PROXY=gitlab.corp.example,localhost,127.0.0.1,docker"');
    expect(after).not.toContain("secret");
  });

  it("come from cntlm's Listen, not from loopback", () => {
    const others = { cntlm: "Username a\nProxy p:1\nListen 127.0.0.1:3128\nListen 172.18.0.1:3130\n" };
    expect(snippet("docker-config", "client", "", { others })).toContain('"http://172.18.0.1:3130"');
  });

  it("follow the settings", () => {
    const options = { docker0Address: "10.9.0.1", internalDomains: [".corp.example"] };
    const after = snippet("docker-config", "client", "", { options });
    expect(after).toContain('"http://10.9.0.1:3128"');
    expect(after).toContain('"localhost,127.0.0.1,docker,corp.example"');
  });
});

describe("the list", () => {
  it.each([
    ["docker", "docker-dropin"],
    ["runner", "runner-dropin"],
    ["client", "docker-config"],
    ["daemon", "daemon"],
    ["toml", "runner-config"],
    ["cntlm", "cntlm"],
    ["ci", "before-script"],
  ] as const)("begins with what belongs into %s", (name, id) => {
    const text = {
      daemon: "{}",
      client: "{}",
      toml: "[[runners]]\n",
      cntlm: "",
      ci: "job:\n  script: x\n",
      docker: "",
      runner: "",
    }[name];
    const { service, uri } = prepare(name, text, {});
    const listed = listSnippets(service, uri);
    expect(listed[0]?.id).toBe(id);
    expect(listed.filter(({ fits }) => fits).length).toBe(["client", "daemon", "cntlm"].includes(name) ? 1 : 2);
    expect(listed).toHaveLength(11);
  });
});
