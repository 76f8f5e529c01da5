import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundle, Folder, findingsOf, runCli } from "../support/cli.js";
import { needs } from "../support/programs.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

/** A folder whose one finding is accepted in base.json. */
function accepted(text = half): Folder {
  const folder = new Folder({ [dropin]: text });
  const written = runCli(["lint", "--baseline", "base.json", "--write-baseline"], { cwd: folder.path });
  expect(written).toMatchObject({ code: 0, stderr: "" });
  return folder;
}

describe("--baseline", () => {
  it("accepts what was found when it was written", () => {
    using folder = accepted();
    expect(runCli(["lint", "--baseline", "base.json"], { cwd: folder.path })).toEqual({
      code: 0,
      stdout: "1 file checked, nothing to report; the baseline accepts 1 more\n",
      stderr: "",
    });
    expect(runCli(["lint"], { cwd: folder.path }).code).toBe(1);
  });

  it("goes on accepting a finding that moves, and that is looked for from elsewhere", () => {
    using folder = accepted();
    folder.write(dropin, `# one\n# two\n# three\n${half}`);
    expect(runCli(["lint", "--baseline", "base.json"], { cwd: folder.path }).code).toBe(0);
    expect(runCli(["lint", "--baseline", "../base.json", ".."], { cwd: folder.join("etc") }).code).toBe(0);
  });

  it("reports a finding of another line, another file, and one more of the same kind", () => {
    using folder = accepted();
    const found = (format = "json") =>
      runCli(["lint", "--baseline", "base.json", "--format", format], { cwd: folder.path });
    folder.write(dropin, half.replace("3128", "3129"));
    expect(found()).toMatchObject({ code: 1 });
    folder.write(dropin, half);
    const other = "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf";
    folder.write(other, half);
    expect(findingsOf(found()).map(({ file }) => file)).toEqual([other]);
    expect(JSON.parse(found("gitlab").stdout)).toHaveLength(1);
    expect(JSON.parse(found("sarif").stdout).runs[0].results).toHaveLength(1);
  });

  it.runIf(needs("unshare"))("is as it was where the disk is full", () => {
    using folder = accepted();
    const before = readFileSync(folder.join("base.json"), "utf8");
    folder.write("more/docker.service.d/p.conf", half);
    const script = [
      "mkdir disk && mount -t tmpfs -o size=16k tmpfs disk && cp base.json disk && cat /dev/zero > disk/fill",
      '"$0" "$1" lint --quiet --baseline disk/base.json --write-baseline --fail-on never .',
      "echo $?; cat disk/base.json; ls -A disk",
    ].join("\n");
    const { stdout, stderr } = spawnSync("unshare", ["-rm", "sh", "-c", script, process.execPath, bundle("cli.js")], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect(stdout).toBe(`3\n${before}base.json\nfill\n`);
    expect(stderr).toContain("disk/base.json cannot be written: ENOSPC");
  });

  it("is as it was where a file could not be read", () => {
    using folder = accepted();
    const before = readFileSync(folder.join("base.json"), "utf8");
    const args = ["lint", "--baseline", "base.json", "--write-baseline", "etc/nothing", "."];
    const { code, stdout, stderr } = runCli(args, { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("base.json is not written: not all files could be read\n");
    expect(readFileSync(folder.join("base.json"), "utf8")).toBe(before);
  });

  it("tells two findings alike apart", () => {
    const runner = '[[runners]]\n  executor = "docker"\n  environment = ["HTTP_PROXY=http://172.17.0.1:3128"]\n';
    using folder = new Folder({ "etc/gitlab-runner/config.toml": runner });
    runCli(["lint", "--baseline", "base.json", "--write-baseline"], { cwd: folder.path });
    const before = findingsOf(runCli(["lint", "--format", "json"], { cwd: folder.path })).length;
    folder.write("etc/gitlab-runner/config.toml", runner + runner);
    const result = runCli(["lint", "--baseline", "base.json", "--format", "json"], { cwd: folder.path });
    expect(findingsOf(result)).toHaveLength(before);
  });

  it("holds no text of the files", () => {
    using folder = accepted(half.replace("172.", "me:geheim@172."));
    const text = readFileSync(folder.join("base.json"), "utf8");
    expect(text).not.toContain("geheim");
    expect(JSON.parse(text)).toMatchObject({ version: 1 });
    expect(JSON.parse(text).findings).toContainEqual({
      rule: "proxy-pair-missing",
      file: dropin,
      fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  it("that cannot be used is wrong use, and one that cannot be written is a failure", () => {
    using folder = new Folder({ [dropin]: half, "odd.json": "[]", "broken.json": "{" });
    const run = (...args: string[]) => runCli(["lint", ...args], { cwd: folder.path });
    const none = (name: string) => `${name} is no baseline of version 1; --write-baseline makes one\n`;
    expect(run("--baseline", "odd.json")).toEqual({ code: 2, stdout: "", stderr: none("odd.json") });
    expect(run("--baseline", "broken.json")).toEqual({ code: 2, stdout: "", stderr: none("broken.json") });
    expect(run("--baseline", "no.json").stderr).toBe("no.json does not exist; --write-baseline makes it\n");
    expect(run("--write-baseline")).toMatchObject({ code: 2, stderr: "--write-baseline needs --baseline FILE\n" });
    expect(run("--baseline", "no/no.json", "--write-baseline")).toMatchObject({ code: 3, stdout: "" });
  });
});
