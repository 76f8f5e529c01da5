import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundle, Folder } from "../support/cli.js";
import { needs } from "../support/programs.js";

const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";
const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';

/** A device that is always full. */
const full = "/dev/full";

describe.runIf(existsSync(full))("what cannot be written is told in one line, with 3", () => {
  it.each([
    ["lint"],
    ["lint --fail-on never"],
    ["lint --format sarif"],
    ["fix --dry-run"],
    ["explain http://x.example/"],
    ["generate cntlm"],
    ["rules"],
    ["completion bash"],
    ["--help"],
    ["lint --help"],
    ["--version"],
  ])("by %s", (words) => {
    using folder = new Folder({ [dropin]: half });
    const output = openSync(full, "w");
    const { status, stderr } = spawnSync(process.execPath, [bundle("cli.js"), ...words.split(" ")], {
      cwd: folder.path,
      stdio: ["ignore", output, "pipe"],
      encoding: "utf8",
    });
    closeSync(output);
    expect(stderr).toMatch(/^standard output cannot be written: ENOSPC[^\n]*\n$/);
    expect(status).toBe(3);
  });
});

describe.runIf(needs("dash"))("the reader of a pipe", () => {
  it("may close it early", () => {
    using folder = new Folder({ [dropin]: half });
    const script = '{ "$0" "$1" rules --format json; echo $? >&2; } | head -n 1';
    const { stdout, stderr } = spawnSync("sh", ["-c", script, process.execPath, bundle("cli.js")], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("0\n");
  });
});

it.runIf(needs("dash"))("a working directory that is gone is told in one line, with 3", () => {
  using folder = new Folder({ "gone/x": "" });
  const script = 'cd gone && rm -r ../gone && "$0" "$1" lint';
  const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, bundle("cli.js")], {
    cwd: folder.path,
    encoding: "utf8",
  });
  rmSync(folder.join("gone"), { recursive: true, force: true });
  expect(stderr).toMatch(/^runner-proxy failed: ENOENT[^\n]*\n$/);
  expect(status).toBe(3);
});
