import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/lib/paths.mjs";
import { Folder, runCli } from "../support/cli.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const dropin = "hosts/etc/systemd/system/docker.service.d/http-proxy.conf";

function read(path: string): unknown {
  return parse(readFileSync(join(root, path), "utf8"));
}

/** The calls of the program in a list of shell lines, without what the shell does with their output. */
function callsIn(lines: readonly string[]): string[][] {
  return lines
    .filter((line) => line.startsWith("runner-proxy "))
    .map((line) => line.replace(/ > .*/, "").split(" ").slice(1));
}

describe("examples/ci", () => {
  it("has nothing for us to report", () => {
    expect(runCli(["lint", "--fail-on", "information", "examples/ci"])).toEqual({
      code: 0,
      stdout: "1 file checked, nothing to report\n",
      stderr: "",
    });
  });

  it("calls the program as it can be called", () => {
    const gitlab = read("examples/ci/.gitlab-ci.yml") as { "proxy-settings": { script: string[] } };
    const github = read("examples/ci/github.yml") as { jobs: { lint: { steps: { run?: string }[] } } };
    using folder = new Folder({ [dropin]: half });
    runCli(["lint", "--baseline", "hosts/accepted.json", "--write-baseline", "hosts"], { cwd: folder.path });
    const calls = (lines: readonly string[]) => callsIn(lines).map((args) => runCli(args, { cwd: folder.path }).code);
    expect(calls(gitlab["proxy-settings"].script)).toEqual([0, 0, 0]);
    expect(calls(github.jobs.lint.steps.map(({ run = "" }) => run))).toEqual([0, 1]);
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const hooks = read(".pre-commit-hooks.yaml") as { id: string; entry: string; files: string }[];

  it("gives every file that may be of the five formats", () => {
    const names = [dropin, "config.toml", "etc/cntlm.conf", ".gitlab-ci.yml", "etc/docker/daemon.json", "a.service"];
    for (const { files } of hooks) {
      expect(names.filter((name) => !new RegExp(files).test(name))).toEqual([]);
      expect(new RegExp(files).test("src/main.ts")).toBe(false);
    }
  });

  it("calls the program as it can be called, silent about files that are not ours", () => {
    using folder = new Folder({ [dropin]: half, "package.json": "{}" });
    const results = hooks.map(({ entry }) => {
      const [program, ...args] = entry.split(" ");
      expect(program).toBe("runner-proxy");
      return runCli([...args, dropin, "package.json"], { cwd: folder.path });
    });
    expect(results.map(({ code }) => code)).toEqual([1, 0]);
    expect(results.map(({ stderr }) => stderr)).toEqual(["", ""]);
  });
});
