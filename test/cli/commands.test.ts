import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { rules } from "../../server/src/rules/index.js";
import { bundle, runCli } from "../support/cli.js";

describe("rules", () => {
  it("lists every rule", () => {
    const { stdout } = runCli(["rules", "--format", "json"]);
    const listed = JSON.parse(stdout) as { rules: { id: string }[] };
    expect(listed.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(runCli(["rules"]).stdout.match(/^\S/gm)).toHaveLength(rules.length);
  });

  it("prints a rule's page", () => {
    const page = readFileSync(join(root, "docs/rules/proxy-pair-missing.md"), "utf8");
    expect(runCli(["rules", "proxy-pair-missing"], { cwd: "/" })).toEqual({ code: 0, stdout: page, stderr: "" });
    expect(runCli(["rules", "pair-missing"]).stderr).toContain("proxy-pair-missing");
  });
});

describe("generate", () => {
  it("prints snippets that lint has nothing to say about", () => {
    const made = runCli([
      "generate",
      "docker-dropin",
      "--http-proxy",
      "http://172.17.0.1:3128",
      "--no-proxy",
      "a.example",
    ]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toContain("NO_PROXY=a.example");
    const path = "etc/systemd/system/docker.service.d/http-proxy.conf";
    expect(runCli(["lint", "-", "--stdin-path", path, "--fail-on", "information"], { input: made.stdout }).code).toBe(
      0,
    );
  });

  it("prints the script for its file", () => {
    expect(runCli(["generate", "dind-script", "--for", "config.toml"]).stdout).toMatch(/^pre_build_script = /);
    expect(runCli(["generate", "dind-script", "--for", ".gitlab-ci.yml"]).stdout).toMatch(/^before_script:\n/);
  });

  it("refuses what it cannot write", () => {
    for (const args of [["nothing"], ["dind-script"], ["cntlm", "--docker0", "x"], ["cntlm", "--for", "config.toml"]]) {
      expect([args, runCli(["generate", ...args]).code]).toEqual([args, 2]);
    }
  });
});

describe("explain without files", () => {
  it("says what a client makes of a list", () => {
    const args = ["explain", "https://git.corp.example/", "--client", "curl", "--format", "json", "--no-proxy"];
    const via = (list: string) =>
      (JSON.parse(runCli([...args, list]).stdout) as { routes: { via: string }[] }).routes[0]?.via;
    expect(via("corp.example")).toBe("direct");
    expect(via("other.example")).toBe("proxy");
    expect(via("")).toBe("proxy");
  });

  it("needs a client that it knows, and a list", () => {
    expect(runCli(["explain", "https://a.example/", "--client", "lynx", "--no-proxy", "a"]).code).toBe(2);
    expect(runCli(["explain", "https://a.example/", "--no-proxy", "a"]).code).toBe(2);
  });
});

describe("a reader that has seen enough", () => {
  it.each([
    "--help",
    "lint --help",
    "rules",
    "rules proxy-pair-missing",
    "lint --format json examples/host",
    "completion bash",
  ])("ends the output of %s without a word", (words) => {
    // The pipe is closed before anything is written to it.
    const { stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `exec 4> >(:); sleep 0.1; "$0" "$@" >&4; echo "exit code $?"`,
        process.execPath,
        bundle("cli.js"),
        ...words.split(" "),
      ],
      { cwd: root, encoding: "utf8" },
    );
    expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringMatching(/^exit code [01]\n$/), stderr: "" });
  });
});
