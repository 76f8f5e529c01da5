import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, linkSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundle, Folder, runCli } from "../support/cli.js";
import { needs } from "../support/programs.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";
const hosts = Array.from({ length: 25 }, (_, index) => `host-${index}`);

/** Hosts whose drop-ins are long enough to be written in more than one piece. */
function manyHosts(): Folder {
  const long = `${half}${"# a comment that takes its time\n".repeat(4000)}`;
  return new Folder(Object.fromEntries(hosts.map((host) => [`${host}/${dropin}`, long])));
}

describe("fix, interrupted", () => {
  it.each([
    ["SIGKILL", 1],
    ["SIGINT", 5],
    ["SIGTERM", 11],
    ["SIGKILL", 18],
  ] as const)("by %s after %i files leaves each file as it was or mended", async (signal, count) => {
    using folder = manyHosts();
    const before = readFileSync(folder.join(`${hosts[0]}/${dropin}`), "utf8");
    const child = spawn(process.execPath, [bundle("cli.js"), "fix"], {
      cwd: folder.path,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (data) => {
      said += String(data);
      if (said.split("\n").length > count) child.kill(signal);
    });
    await once(child, "exit");
    const after = readFileSync(folder.join(`${hosts[0]}/${dropin}`), "utf8");
    expect(after).toContain("HTTPS_PROXY");
    for (const host of hosts) expect([before, after]).toContain(readFileSync(folder.join(`${host}/${dropin}`), "utf8"));
    expect(runCli(["fix", "--quiet"], { cwd: folder.path }).code).toBe(0);
    for (const host of hosts) {
      expect(readFileSync(folder.join(`${host}/${dropin}`), "utf8")).toBe(after);
      expect(readdirSync(folder.join(`${host}/etc/systemd/system/docker.service.d`))).toEqual(["http-proxy.conf"]);
    }
  });

  it("is tidied up after by the next run, which leaves alone what another is writing", () => {
    const ended = spawnSync(process.execPath, ["-e", ""]).pid;
    const folderOf = dropin.slice(0, dropin.lastIndexOf("/"));
    const stale = `${folderOf}/.http-proxy.conf.${ended}-0123456789ab.runner-proxy`;
    const live = `${folderOf}/.http-proxy.conf.${process.pid}-0123456789ab.runner-proxy`;
    const foreign = `${folderOf}/.http-proxy.conf.swp`;
    using folder = new Folder({ [dropin]: "[Service]\n", [stale]: half, [live]: half, [foreign]: half });
    runCli(["fix", "--dry-run"], { cwd: folder.path });
    expect(existsSync(folder.join(stale))).toBe(true);
    runCli(["fix"], { cwd: folder.path });
    expect([stale, live, foreign].map((name) => existsSync(folder.join(name)))).toEqual([false, true, true]);
  });

  it.runIf(needs("unshare"))("by a disk that is full leaves the file as it was, and nothing beside it", () => {
    using folder = new Folder({ "bytes.conf": `${half}${"#".repeat(14_000)}\n`, mount: "" });
    const script = `
      mkdir "$1/disk" && mount -t tmpfs -o size=20k none "$1/disk" && cd "$1/disk" && cp ../bytes.conf docker.service.conf
      mkdir docker.service.d && mv docker.service.conf docker.service.d/a.conf
      "$2" "$3" fix docker.service.d; echo "exit code $?"
      cmp docker.service.d/a.conf ../bytes.conf && ls -A docker.service.d`;
    const words = [
      "--mount",
      "--map-root-user",
      "sh",
      "-c",
      script,
      "sh",
      folder.path,
      process.execPath,
      bundle("cli.js"),
    ];
    const { stdout, stderr } = spawnSync("unshare", words, { encoding: "utf8" });
    expect(stderr).toMatch(/^docker\.service\.d\/a\.conf cannot be written: ENOSPC/);
    expect(stdout).toMatch(/exit code 3\na\.conf\n$/);
  });
});

it("a file with other names is told of, since they keep the text before", () => {
  using folder = new Folder({ [dropin]: half });
  linkSync(folder.join(dropin), folder.join("other"));
  const { stderr } = runCli(["fix"], { cwd: folder.path });
  expect(stderr).toBe(`${dropin} mended\n${dropin} was a hard link: its other names keep the text before\n`);
  expect(readFileSync(folder.join("other"), "utf8")).toBe(half);
});
