import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { Folder, runCli } from "../support/cli.js";
import { needs } from "../support/programs.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

function read(folder: Folder, name: string): string {
  return readFileSync(folder.join(name), "utf8");
}

describe("fix", () => {
  it("mends the files, reports what is left, and finds nothing to do the second time", () => {
    using folder = new Folder({ [dropin]: half });
    expect(runCli(["fix"], { cwd: folder.path })).toEqual({
      code: 0,
      stdout: "1 file checked, nothing to report\n",
      stderr: `${dropin} mended\n`,
    });
    const mended = read(folder, dropin);
    expect(mended).toMatch(/HTTPS_PROXY=http:\/\/172\.17\.0\.1:3128/);
    expect(runCli(["fix"], { cwd: folder.path })).toMatchObject({ code: 0, stderr: "" });
    expect(read(folder, dropin)).toBe(mended);
  });

  it("keeps the mode, the line endings and the byte-order mark, and leaves nothing beside the file", () => {
    using folder = new Folder({ [dropin]: `\uFEFF${half.replaceAll("\n", "\r\n")}` });
    chmodSync(folder.join(dropin), 0o640);
    runCli(["fix"], { cwd: folder.path });
    const mended = read(folder, dropin);
    expect(mended).toMatch(/^\uFEFF\[Service\]\r\n.*HTTPS_PROXY/s);
    expect(mended.replaceAll("\r\n", "")).not.toContain("\n");
    expect(statSync(folder.join(dropin)).mode & 0o7777).toBe(0o640);
    expect(readdirSync(dirname(folder.join(dropin)))).toEqual(["http-proxy.conf"]);
  });

  it("writes through a symbolic link, which stays one", () => {
    using folder = new Folder({ "shared/proxy.txt": half, "etc/systemd/system/docker.service.d/keep": "" });
    symlinkSync("../../../../shared/proxy.txt", folder.join(dropin));
    runCli(["fix", dropin], { cwd: folder.path });
    expect(lstatSync(folder.join(dropin)).isSymbolicLink()).toBe(true);
    expect(read(folder, "shared/proxy.txt")).toContain("HTTPS_PROXY");
  });

  it.runIf(process.getuid?.() === 0)("keeps the owner, also where root runs it", () => {
    using folder = new Folder({ [dropin]: half });
    chownSync(folder.join(dropin), 12345, 23456);
    runCli(["fix"], { cwd: folder.path });
    const { uid, gid } = statSync(folder.join(dropin));
    expect({ uid, gid }).toEqual({ uid: 12345, gid: 23456 });
    expect(read(folder, dropin)).toContain("HTTPS_PROXY");
  });

  it("names a folder that may not be written, and leaves the file as it is", () => {
    using folder = new Folder({ [dropin]: half });
    chmodSync(dirname(folder.join(dropin)), 0o555);
    const { code, stderr } = runCli(["fix"], { cwd: folder.path, user: "nobody" });
    chmodSync(dirname(folder.join(dropin)), 0o755);
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^${dropin} cannot be written: EACCES`));
    expect(read(folder, dropin)).toBe(half);
  });

  it("leaves a file alone whose bytes are not UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from(half), Buffer.from("# caf\xe9\n", "latin1")]);
    using folder = new Folder({ [dropin]: bytes });
    const { code, stderr } = runCli(["fix"], { cwd: folder.path });
    expect(code).toBe(3);
    expect(stderr).toBe(`${dropin} is not UTF-8 or has changed meanwhile, and is left as it is\n`);
    expect(readFileSync(folder.join(dropin)).equals(bytes)).toBe(true);
  });

  it("prints standard input mended", () => {
    const { stdout, code } = runCli(["fix", "-", "--stdin-path", dropin], { input: half });
    expect(stdout).toMatch(/^\[Service\]\n.*HTTPS_PROXY/s);
    expect(code).toBe(0);
  });
});

describe("fix --dry-run", () => {
  it.runIf(needs("git"))("prints a unified diff that git applies, and writes nothing", () => {
    using folder = new Folder({ [dropin]: half, "etc/systemd/system/gitlab-runner.service.d/a.conf": half });
    const { stdout, code } = runCli(["fix", "--dry-run"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stdout).toContain(`--- a/${dropin}\n+++ b/${dropin}\n@@ -1,2 +1,`);
    expect(read(folder, dropin)).toBe(half);
    const applied = spawnSync("git", ["apply", "-"], { cwd: folder.path, input: stdout, encoding: "utf8" });
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(runCli(["fix", "--dry-run"], { cwd: folder.path })).toMatchObject({ code: 0, stdout: "" });
  });

  it.runIf(needs("git"))("names files as git does, whatever is in their names", () => {
    const names = ["a b.conf", "a\nb.conf", 'a"b.conf', "ä.conf"].map((name) => `docker.service.d/${name}`);
    using folder = new Folder(Object.fromEntries(names.map((name) => [name, half])));
    const { stdout } = runCli(["fix", "--dry-run"], { cwd: folder.path });
    const applied = spawnSync("git", ["apply", "-"], { cwd: folder.path, input: stdout, encoding: "utf8" });
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    for (const name of names) expect(read(folder, name)).toContain("HTTPS_PROXY");
  });

  it("shows no password", () => {
    using folder = new Folder({ [dropin]: half.replace("172.", "me:geheim@172.") });
    const { stdout } = runCli(["fix", "--dry-run"], { cwd: folder.path });
    expect(stdout).not.toContain("geheim");
  });

  it("prints nothing where nothing is to be done", () => {
    using folder = new Folder({ [dropin]: "[Service]\n" });
    expect(runCli(["fix", "--dry-run"], { cwd: folder.path })).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
