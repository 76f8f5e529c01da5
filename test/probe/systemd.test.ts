import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, statSync, utimesSync } from "node:fs";
import { delimiter } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parseUnits } from "../../server/src/probe/machine/systemctl.js";
import { bundle, Folder } from "../support/cli.js";
import { needs } from "../support/programs.js";
import { resultsOf } from "./host.js";

const started = Date.UTC(2026, 10, 24, 8, 30, 0);
const dropIn = "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf";
const proxy = "http://172.17.0.1:3128";
const path = process.env.PATH ?? "";

afterEach(() => {
  process.env.PATH = path;
});

/** What `systemctl show` of systemd 252 prints of a unit, with some properties changed. */
function shown(unit: string, folder: Folder, changed: Readonly<Record<string, string>> = {}): string {
  const properties: Record<string, string> = {
    Id: unit,
    LoadState: "loaded",
    ActiveState: "active",
    NeedDaemonReload: "no",
    ExecMainStartTimestamp: "Tue 2026-11-24 08:30:00 UTC",
    ActiveEnterTimestamp: "Tue 2026-11-24 08:30:04 UTC",
    FragmentPath: "/nowhere/unit.service",
    DropInPaths: folder.join(dropIn),
    Environment: `HTTP_PROXY=${proxy} "NO_PROXY=*.corp.example,a b"`,
    After: "network.target system.slice",
    Restart: "no",
    ...changed,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

const absent = (unit: string) => `Id=${unit}\nLoadState=not-found\nActiveState=inactive\n`;

/** A host whose drop-in is of the time given; systemd is not there, so a program in its name prints what it would. */
function host(
  edited = started - 60_000,
  text = `Environment="HTTP_PROXY=${proxy}" "NO_PROXY=*.corp.example,a b"`,
): Folder {
  const folder = new Folder({ [dropIn]: `[Service]\n${text}\n` });
  utimesSync(folder.join(dropIn), edited / 1000, edited / 1000);
  return folder;
}

async function loaded(folder: Folder, output: string) {
  using programs = new Folder({ systemctl: `#!/bin/sh\ncat <<'END'\n${output}END\n` });
  chmodSync(programs.join("systemctl"), 0o755);
  process.env.PATH = [programs.path, path].join(delimiter);
  const commands: string[] = [];
  const progress = (step: { kind: string; line?: string }) => void (step.line && commands.push(step.line));
  const results = await resultsOf("loaded", folder, { progress });
  return { docker: results[0], runner: results[1], commands };
}

describe("what systemd has loaded against the files", () => {
  it("is in order where the service is younger than its files and has what they say", async () => {
    using folder = host();
    const { docker, runner, commands } = await loaded(
      folder,
      `${absent("docker.service")}\n${shown("gitlab-runner.service", folder)}`,
    );
    expect(docker).toEqual({ verdict: "unknown", message: "systemd knows no docker.service here." });
    expect(runner).toEqual({ verdict: "ok", message: "gitlab-runner.service runs with what its files say." });
    expect(commands.filter((line) => /systemctl/.test(line))).toEqual([
      expect.stringMatching(
        /^TZ=UTC systemctl show --property=\S*Environment\S* docker\.service gitlab-runner\.service cntlm\.service$/,
      ),
    ]);
  });

  it("tells what was edited and not reloaded", async () => {
    using folder = host();
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder, { NeedDaemonReload: "yes" }));
    expect(runner?.message).toContain("edited, not reloaded");
    expect(runner?.commands).toEqual(["sudo systemctl daemon-reload", "sudo systemctl restart gitlab-runner.service"]);
  });

  it("tells what was reloaded and not restarted, by the start of the unit", async () => {
    using folder = host(started + 60_000);
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder));
    expect(runner?.message).toBe(
      `gitlab-runner.service: reloaded, not restarted. ${folder.join(dropIn)} is younger than the running service.`,
    );
    expect(runner?.commands).toEqual(["sudo systemctl restart gitlab-runner.service"]);
  });

  it("goes by the time when it became active where systemd tells no other", async () => {
    using folder = host(started + 3000);
    const state = { ExecMainStartTimestamp: "" };
    expect((await loaded(folder, shown("gitlab-runner.service", folder, state))).runner?.verdict).toBe("ok");
    using later = host(started + 6000);
    const { runner } = await loaded(later, shown("gitlab-runner.service", later, state));
    expect(runner?.message).toContain("reloaded, not restarted");
  });

  it("asks for no reload of a file that systemd reads at each start", async () => {
    using folder = host();
    const file = folder.write("etc/default/gitlab-runner", "HTTP_PROXY=http://172.17.0.1:3128\n");
    utimesSync(file, started / 1000 + 60, started / 1000 + 60);
    const EnvironmentFiles = `${file} (ignore_errors=yes)`;
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder, { EnvironmentFiles }));
    expect(runner?.message).toContain(`edited, not restarted. ${file} is younger`);
    expect(runner?.commands).toEqual(["sudo systemctl restart gitlab-runner.service"]);
  });

  it("takes no file of the second of the start for younger", async () => {
    using folder = host(started + 900);
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder));
    expect(runner?.verdict).toBe("ok");
  });

  it("tells variables that systemd has otherwise, by their names alone", async () => {
    using folder = host(started - 60_000, `Environment=HTTP_PROXY=http://u:S3cret@172.17.0.1:3128`);
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder));
    expect(runner?.message).toBe(
      "gitlab-runner.service: systemd has HTTP_PROXY with another value than the files here, or not at all.",
    );
  });

  it("does not judge what the files do not say, or systemd drops", async () => {
    using folder = host(started - 60_000, "Environment=HTTP_PROXY=http://u:p%40x@172.17.0.1:3128 HTTPS_PROXY=%H");
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder));
    expect(runner?.verdict).toBe("ok");
  });

  it("tells a service that does not run", async () => {
    using folder = host();
    const { runner } = await loaded(folder, shown("gitlab-runner.service", folder, { ActiveState: "failed" }));
    expect(runner?.message).toBe("gitlab-runner.service is not running (failed).");
  });

  it.each([
    ["System has not been booted with systemd as init system (PID 1). Can't operate.", "There is no systemd here."],
    ["Failed to connect to bus: No such file or directory", "There is no systemd here."],
    [
      "Failed to connect to system scope bus via local transport: No such file or directory",
      "There is no systemd here.",
    ],
    [
      "Failed to connect to system scope bus via local transport: Permission denied",
      "systemctl failed: Failed to connect to system scope bus via local transport: Permission denied",
    ],
  ])("cannot tell where systemctl says: %s", async (said, message) => {
    using folder = host();
    using programs = new Folder({ systemctl: `#!/bin/sh\necho "${said}" >&2\nexit 1\n` });
    chmodSync(programs.join("systemctl"), 0o755);
    process.env.PATH = [programs.path, path].join(delimiter);
    expect(await resultsOf("loaded", folder)).toEqual([{ verdict: "unknown", message }]);
  });

  it.runIf(needs("systemd-analyze", "unshare"))("cannot tell by the real systemctl where nothing runs", () => {
    using folder = host();
    const script = 'mount -t tmpfs none /run && exec "$1" "$2" check --format json "$3"';
    const args = [
      "--mount",
      "--map-root-user",
      "sh",
      "-c",
      script,
      "sh",
      process.execPath,
      bundle("cli.js"),
      folder.path,
    ];
    const { stdout } = spawnSync("unshare", args, { encoding: "utf8" });
    const { results } = JSON.parse(stdout).steps.find(({ step }: { step: string }) => step === "loaded");
    expect(results).toEqual([{ verdict: "unknown", message: "There is no systemd here." }]);
  });
});

describe("the order at boot", () => {
  const conf = "Username u\nDomain d\nPassNTLMv2 0\nProxy p.corp.example:8080\nListen 172.17.0.1:3128\n";

  async function order(listen: string, changed: Readonly<Record<string, string>>) {
    using folder = new Folder({ "etc/cntlm.conf": conf.replace("172.17.0.1:3128", listen) });
    using programs = new Folder({
      systemctl: `#!/bin/sh\ncat <<'END'\n${shown("cntlm.service", folder, changed)}END\n`,
    });
    chmodSync(programs.join("systemctl"), 0o755);
    process.env.PATH = [programs.path, path].join(delimiter);
    const [result] = await resultsOf("boot-order", folder);
    return result;
  }

  it("is a race for a cntlm that listens on docker0 and does not wait for Docker", async () => {
    const result = await order("172.17.0.1:3128", {});
    expect(result).toMatchObject({
      verdict: "problem",
      message: expect.stringContaining("172.17.0.1 is not there yet"),
    });
    using target = new Folder();
    const lines = (result?.commands ?? []).map((line) => line.replace(/^sudo |(?<=\| )sudo /g, ""));
    expect(lines.at(-1)).toBe("systemctl daemon-reload");
    const shell = lines.slice(0, -1).map((line) => line.replaceAll("/etc/", `${target.path}/`));
    expect(spawnSync("sh", ["-e"], { input: shell.join("\n"), encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "[Unit]\nAfter=docker.service\nWants=docker.service\n",
    });
    expect(readdirSync(target.join("systemd/system/cntlm.service.d"))).toEqual(["after-docker.conf"]);
  });

  it.each([
    ["172.17.0.1:3128", { After: "network.target docker.service" }, "cntlm.service is started after Docker."],
    ["172.17.0.1:3128", { Restart: "on-failure" }, "but again when it fails (Restart=on-failure)"],
    ["127.0.0.1:3128", {}, "does not listen on docker0's address"],
    ["0.0.0.0:3128", {}, "does not listen on docker0's address"],
  ])("is settled for Listen %s with %o", async (listen, changed, message) => {
    expect(await order(listen, changed)).toMatchObject({ verdict: "ok", message: expect.stringContaining(message) });
  });
});

describe("the modes of files that hold secrets", () => {
  const files: Record<string, string> = {
    "etc/cntlm.conf": "Username u\nPassword Tot4llySecret\nProxy p.corp.example:8080\nListen 3128\n",
    "etc/gitlab-runner/config.toml": '[[runners]]\n  url = ""\n  token = "glrt-abc"\n',
    "root/.docker/config.json": '{ "auths": { "registry.corp.example": { "auth": "dTpw" } } }\n',
    "etc/docker/daemon.json": '{ "proxies": { "http-proxy": "http://proxy.corp.example:3128" } }\n',
    [dropIn]: '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n',
  };

  it.each([
    [0o600, "ok", 3],
    [0o640, "ok", 3],
    [0o644, "problem", 3],
    [0o602, "problem", 3],
  ])("%o is %s", async (mode, verdict, count) => {
    using folder = new Folder(files);
    for (const name of Object.keys(files)) chmodSync(folder.join(name), mode);
    const results = await resultsOf("file-modes", folder);
    expect(results.map((result) => result.verdict)).toEqual(new Array(count).fill(verdict));
    for (const name of Object.keys(files)) expect(statSync(folder.join(name)).mode & 0o777).toBe(mode);
  });

  it("do not hide a password in a drop-in, which systemctl shows to everybody", async () => {
    using folder = new Folder({
      [dropIn]: "[Service]\nEnvironment=HTTP_PROXY=http://u:S3cret@proxy.corp.example:3128\n",
    });
    chmodSync(folder.join(dropIn), 0o600);
    const [result] = await resultsOf("file-modes", folder);
    expect(result).toMatchObject({ verdict: "problem", advice: expect.stringContaining("EnvironmentFile=") });
    expect(JSON.stringify(result)).not.toContain("S3cret");
  });
});

describe("systemctl show", () => {
  it("is read with its quoting, for several units", () => {
    const text = [
      "Id=docker.service",
      'Environment=HTTP_PROXY=http://a:1 "B=c \\"d\\" \\$e" EMPTY= "TAB=a\\tb\\033"',
      "EnvironmentFiles=/etc/default/docker (ignore_errors=yes)",
      "EnvironmentFiles=/etc/my proxy.env (ignore_errors=no)",
      "FragmentPath=/lib/systemd/system/docker.service",
      "DropInPaths=/etc/a.conf /etc/b.conf",
      "ActiveEnterTimestamp=",
      "",
      "Id=x.service",
      "Environment=",
      "",
    ].join("\n");
    const units = parseUnits(text);
    expect([...(units.get("docker.service")?.environment ?? [])]).toEqual([
      ["HTTP_PROXY", "http://a:1"],
      ["B", 'c "d" $e'],
      ["EMPTY", ""],
      ["TAB", "a\tb\u001b"],
    ]);
    expect(units.get("docker.service")).toMatchObject({
      started: undefined,
      files: ["/lib/systemd/system/docker.service", "/etc/a.conf", "/etc/b.conf"],
      environmentFiles: ["/etc/default/docker", "/etc/my proxy.env"],
    });
    expect(units.get("x.service")?.environment.size).toBe(0);
    expect(parseUnits("").size).toBe(0);
    expect(parseUnits("no properties\n\n=\n").size).toBe(0);
  });
});
