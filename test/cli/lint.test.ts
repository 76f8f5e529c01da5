import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Folder, findingsOf, runCli } from "../support/cli.js";

/** Half of a pair: proxy-pair-missing at the name. */
const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const whole = `${half}Environment="HTTPS_PROXY=http://172.17.0.1:3128"\n`;
const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

describe("lint --format json", () => {
  it("says what the contract says, with the path as given", () => {
    using folder = new Folder({ [dropin]: half });
    const result = runCli(["lint", "--format", "json", dropin], { cwd: folder.path });
    expect(JSON.parse(result.stdout)).toEqual({
      version: 1,
      files: 1,
      findings: [
        {
          rule: "proxy-pair-missing",
          severity: "warning",
          file: dropin,
          range: { start: { line: 1, character: 13 }, end: { line: 1, character: 23 } },
          message: expect.stringContaining("HTTPS_PROXY"),
          docs: expect.stringMatching(/^https:.*proxy-pair-missing/),
          fixable: true,
        },
      ],
    });
    expect(result).toMatchObject({ code: 1, stderr: "" });
  });

  it("joins a folder's name with the paths below it", () => {
    using folder = new Folder({ [`a/hosts/${dropin}`]: half });
    const files = (path: string, cwd: string) =>
      findingsOf(runCli(["lint", "--format", "json", path], { cwd })).map(({ file }) => file);
    expect(files("a/hosts", folder.path)).toEqual([`a/hosts/${dropin}`]);
    expect(files(".", folder.path)).toEqual([`a/hosts/${dropin}`]);
    expect(files("..", folder.join("a/hosts"))).toEqual([`../hosts/${dropin}`]);
    expect(files(folder.path, folder.path)).toEqual([folder.join(`a/hosts/${dropin}`)]);
  });

  it("searches hidden folders, and none that hold other people's files", () => {
    using folder = new Folder({
      [`.hosts/${dropin}`]: half,
      [`node_modules/x/${dropin}`]: half,
      [`.git/${dropin}`]: half,
    });
    expect(findingsOf(runCli(["lint", "--format", "json"], { cwd: folder.path })).map(({ file }) => file)).toEqual([
      `.hosts/${dropin}`,
    ]);
  });

  it("checks all files of a call together", () => {
    using folder = new Folder({ [dropin]: half, [dropin.replace("http-", "https-")]: half.replace("HTTP_", "HTTPS_") });
    expect(findingsOf(runCli(["lint", "--format", "json"], { cwd: folder.path }))).toEqual([]);
    expect(findingsOf(runCli(["lint", "--format", "json", dropin], { cwd: folder.path }))).toHaveLength(1);
  });

  it("counts columns as an editor does where a byte-order mark begins the file", () => {
    using folder = new Folder({ [dropin]: `\uFEFF${half.replace("Service", "service")}` });
    const found = findingsOf(runCli(["lint", "--format", "json"], { cwd: folder.path }));
    expect(found.find(({ rule }) => rule === "systemd-section-missing")?.range).toEqual({
      start: { line: 0, character: 0 },
      end: { line: 0, character: "[service]".length },
    });
  });
});

describe("lint --format pretty", () => {
  it("shows the line and a marker below it", () => {
    using folder = new Folder({ [dropin]: half });
    const { stdout } = runCli(["lint"], { cwd: folder.path });
    const [head, line, marker, , summary] = stdout.split("\n");
    expect(head).toMatch(new RegExp(`^${dropin}:2:14: warning: .* \\[proxy-pair-missing\\]$`));
    expect(line).toBe('  2 | Environment="HTTP_PROXY=http://172.17.0.1:3128"');
    expect(marker).toBe("    |              ^^^^^^^^^^");
    expect(summary).toBe("1 warning in 1 file; runner-proxy fix mends 1 of them");
  });

  it("shows no password, and keeps the marker in its place", () => {
    const text = '[Service]\nEnvironment="A=1" "HTTP_PROXY=http://me:geheim@proxy.corp.example:3128"\n';
    using folder = new Folder({ [dropin]: text });
    const { stdout } = runCli(["lint"], { cwd: folder.path });
    expect(stdout).not.toContain("geheim");
    const lines = stdout.split("\n");
    const head = lines.findIndex((line) => line.includes("[proxy-pair-missing]"));
    const [line = "", marker = ""] = lines.slice(head + 1);
    expect(line.slice(marker.indexOf("^"), marker.lastIndexOf("^") + 1)).toBe("HTTP_PROXY");
  });

  it("has colours where they are wanted and nowhere else", () => {
    using folder = new Folder({ [dropin]: half });
    for (const args of [["lint"], ["lint", "--no-color"]]) {
      expect(runCli(args, { cwd: folder.path }).stdout).not.toContain("\u001b");
    }
  });

  it("says when there is nothing, and nothing but findings with --quiet", () => {
    using clean = new Folder({ [dropin]: whole });
    expect(runCli(["lint"], { cwd: clean.path }).stdout).toBe("1 file checked, nothing to report\n");
    expect(runCli(["lint", "--quiet"], { cwd: clean.path }).stdout).toBe("");
    using empty = new Folder();
    expect(runCli(["lint"], { cwd: empty.path })).toMatchObject({
      code: 0,
      stdout: "No file of the five formats was found\n",
    });
  });
});

describe("standard input", () => {
  it("is taken for the file that --stdin-path names", () => {
    const result = runCli(["lint", "--format", "json", "-", "--stdin-path", dropin], { input: half });
    expect(findingsOf(result).map(({ rule, file }) => [rule, file])).toEqual([["proxy-pair-missing", dropin]]);
  });

  it("is told by its content where nothing names it", () => {
    expect(runCli(["lint", "-"], { input: "nothing of ours" })).toMatchObject({
      code: 0,
      stderr: "- is of none of the five formats; the setting runnerProxy.files can name one\n",
    });
  });
});

describe("exit codes", () => {
  it("follow --fail-on", () => {
    using folder = new Folder({ [dropin]: half });
    const code = (...args: string[]) => runCli(["lint", ...args], { cwd: folder.path }).code;
    expect(code()).toBe(1);
    expect(code("--fail-on", "error")).toBe(0);
    expect(code("--fail-on", "warning")).toBe(1);
    expect(code("--fail-on", "information")).toBe(1);
    expect(code("--fail-on", "never")).toBe(0);
  });

  it("are 2 for wrong use, with a line that says what is wrong", () => {
    for (const args of [["lint", "--bogus"], ["lint", "--format", "yaml"], ["bogus"], ["rules", "no-such-rule"], []]) {
      const { code, stderr } = runCli(args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr).not.toBe("");
    }
  });

  it("are 0 for help and the version", () => {
    expect(runCli(["--help"])).toMatchObject({ code: 0, stderr: "" });
    expect(runCli(["lint", "--help"])).toMatchObject({ code: 0, stderr: "" });
    expect(runCli(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("what cannot be read is named in one line, and the rest is checked", () => {
  const check = (folder: Folder, args: string[] = []) => {
    const result = runCli(["lint", "--format", "json", ...args], { cwd: folder.path });
    return {
      code: result.code,
      files: findingsOf(result).map(({ file }) => file),
      lines: result.stderr.split("\n").slice(0, -1),
    };
  };

  it("a file that is missing", () => {
    using folder = new Folder({ [dropin]: half });
    expect(check(folder, [dropin, "missing.conf"])).toEqual({
      code: 3,
      files: [dropin],
      lines: ["missing.conf does not exist"],
    });
  });

  it("a file and a folder without permission", () => {
    using folder = new Folder({
      [dropin]: half,
      "etc/cntlm.conf": "Listen 1\n",
      "closed/etc/cntlm.conf": "Listen 1\n",
    });
    chmodSync(folder.join("etc/cntlm.conf"), 0);
    chmodSync(folder.join("closed"), 0);
    const result = runCli(["lint", "--format", "json"], { cwd: folder.path, user: "nobody" });
    chmodSync(folder.join("closed"), 0o755);
    expect(result.code).toBe(3);
    expect(result.stderr.split("\n")).toEqual([
      "closed may not be read: permission denied",
      "etc/cntlm.conf may not be read: permission denied",
      "",
    ]);
    expect(findingsOf(result).map(({ file }) => file)).toEqual([dropin]);
  });

  it("a binary file and one of 50 MB", () => {
    using folder = new Folder({
      [dropin]: half,
      "a/cntlm.conf": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      "b/cntlm.conf": Buffer.alloc(50 * 1024 * 1024, "# much\n"),
    });
    expect(check(folder)).toEqual({
      code: 3,
      files: [dropin],
      lines: ["a/cntlm.conf is binary", "b/cntlm.conf is too large to be one of the five formats (50 MB)"],
    });
  });

  it("a link that leads nowhere, and a name with a line break", () => {
    using folder = new Folder({ [dropin]: half });
    mkdirSync(folder.join("a\nb"));
    symlinkSync("nowhere", folder.join("a\nb/cntlm.conf"));
    expect(check(folder)).toEqual({ code: 3, files: [dropin], lines: ["a\\nb/cntlm.conf does not exist"] });
  });

  it("a loop of links, which hides nothing", () => {
    using folder = new Folder({ [dropin]: half });
    symlinkSync("..", folder.join("etc/up"));
    symlinkSync("self", folder.join("self"));
    expect(check(folder)).toEqual({ code: 1, files: [dropin], lines: ["etc/up is a link to a folder above it"] });
  });
});

describe("settings", () => {
  it("come from the nearest .runner-proxy.json, or from --config", () => {
    using folder = new Folder({
      ".runner-proxy.json": '{ "rules": { "proxy-pair-missing": "error", /* all */ }, }',
      [`hosts/${dropin}`]: half,
      "other.json": '{ "rules": { "proxy-pair-missing": "off" } }',
    });
    const severities = (...args: string[]) =>
      findingsOf(runCli(["lint", "--format", "json", ...args], { cwd: folder.path })).map(({ severity }) => severity);
    expect(severities()).toEqual(["error"]);
    expect(severities(`hosts/${dropin}`)).toEqual(["error"]);
    expect(severities("--config", "other.json")).toEqual([]);
  });

  it("name the format of a file", () => {
    using folder = new Folder({
      ".runner-proxy.json": '{ "files": { "proxy.txt": "cntlm-conf", "docker.service.d/*": "none" } }',
      "proxy.txt": "Domain = corp\n",
      [dropin]: half,
    });
    const found = findingsOf(runCli(["lint", "--format", "json"], { cwd: folder.path }));
    expect(new Set(found.map(({ file }) => file))).toEqual(new Set(["proxy.txt"]));
  });

  it("that are not known are named, and those that are wrong end the run", () => {
    using folder = new Folder({
      [dropin]: half,
      "a.json": '{\n  "typo": 1\n}',
      "b.json": '{ "rules": { "proxy-pair-missing": "loud" } }',
      "c.json": "{",
    });
    const run = (config: string) => runCli(["lint", "--config", config], { cwd: folder.path });
    expect(run("a.json")).toMatchObject({ code: 1, stderr: "a.json:2:3: There is no setting typo\n" });
    expect(run("b.json")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^b\.json:1:36: /) });
    expect(run("c.json")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^c\.json:1:/) });
    expect(run("none.json")).toMatchObject({ code: 2, stdout: "", stderr: "none.json does not exist\n" });
  });
});
