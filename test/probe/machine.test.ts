import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CheckRequest } from "../../server/src/probe/check.js";
import { lineOf } from "../../server/src/probe/machine/command.js";
import { parseListeners } from "../../server/src/probe/machine/listeners.js";
import type { StepId } from "../../server/src/probe/result.js";
import { bundle, Folder, runCli } from "../support/cli.js";
import { needs, programPath } from "../support/programs.js";
import { elsewhere, resultsOf, runnerFiles } from "./host.js";
import { listening, serveProxy } from "./servers.js";

interface JsonResult {
  readonly verdict: string;
  readonly message: string;
  readonly advice?: string;
  readonly commands?: readonly string[];
}

interface JsonReport {
  readonly where: string;
  readonly steps: readonly { readonly step: StepId; readonly where: string; readonly results: readonly JsonResult[] }[];
  readonly commands: readonly string[];
}

function reportOf(stdout: string): JsonReport {
  const report: unknown = JSON.parse(stdout);
  expect(report).toMatchObject({ version: 1, where: expect.any(String), steps: expect.any(Array) });
  return report as JsonReport;
}

function found(report: JsonReport, id: StepId): readonly JsonResult[] {
  return report.steps.find(({ step }) => step === id)?.results ?? [];
}

const verdicts = (results: readonly JsonResult[]) => results.map(({ verdict, message }) => `${verdict}: ${message}`);

/** Files of a host whose containers reach cntlm by docker0. */
function hostFiles(listens: readonly string[], address = "172.17.0.1"): Record<string, string> {
  const files = runnerFiles({ url: "http://127.0.0.1:9/", proxy: "http://127.0.0.1:3128" });
  const config = files["etc/gitlab-runner/config.toml"] ?? "";
  return {
    ...files,
    "etc/gitlab-runner/config.toml": config.replace(
      '  executor = "docker"\n',
      `  executor = "docker"\n  environment = ["HTTP_PROXY=http://${address}:3128", "http_proxy=http://${address}:3128"]\n`,
    ),
    "etc/cntlm.conf": [
      "Username testuser",
      "Domain corp-uk",
      "PassNTLMv2 1F6839EE15E639893286CF65C5D0A65C",
      "Proxy proxy.corp.example:8080",
      ...listens.map((listen) => `Listen ${listen}`),
      "",
    ].join("\n"),
  };
}

describe.runIf(needs("unshare", "ip", "ss", "cntlm"))("a host with a docker0, in a network of its own", () => {
  /** Runs the check where docker0 has an address and cntlm runs with the file, if it can. @param then what happens before the check */
  function checkIn(folder: Folder, docker0: string, then = ""): JsonReport {
    const script = `
      ip link set lo up
      ip link add docker0 type bridge && ip addr add ${docker0}/16 dev docker0 && ip link set docker0 up
      cntlm -f -c "$1" >/dev/null 2>&1 & cntlm=$!
      for _ in 1 2 3 4 5 6 7 8 9 10; do ss -Hltn | grep -q :3128 && break; sleep 0.05; done
      ${then}
      "$2" "$3" check --format json --quiet --timeout 5 "$4"
      kill $cntlm 2>/dev/null`;
    const args = [folder.join("etc/cntlm.conf"), process.execPath, bundle("cli.js"), folder.path];
    const { stdout, stderr } = spawnSync("unshare", ["--net", "--map-root-user", "sh", "-c", script, "sh", ...args], {
      encoding: "utf8",
    });
    if (stdout === "") throw new Error(stderr);
    return reportOf(stdout);
  }

  it("is in order where everything fits", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128", "172.17.0.1:3128"]));
    const report = checkIn(folder, "172.17.0.1");
    expect(verdicts(found(report, "docker0"))).toEqual([
      "ok: docker0 has the address 172.17.0.1, as the files have it.",
    ]);
    expect(verdicts(found(report, "listening"))).toEqual([
      "ok: The port is open: 127.0.0.1:3128.",
      "ok: The port is open: 172.17.0.1:3128.",
    ]);
    expect(report.commands.slice(0, 2)).toEqual(["ip -4 -oneline addr show dev docker0", "ss -H -l -t -n"]);
  });

  it("tells where docker0 has another address than files and setting say", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128"]));
    const report = checkIn(folder, "10.200.0.1");
    expect(verdicts(found(report, "docker0"))).toEqual([
      expect.stringMatching(
        /^problem: docker0 has the address 10\.200\.0\.1 here, and 172\.17\.0\.1 is none of this machine\. It stands in .*config\.toml\.$/,
      ),
      "problem: docker0 has the address 10.200.0.1 here; runnerProxy.docker0Address says 172.17.0.1.",
    ]);
    expect(found(report, "docker0")[0]?.advice).toBe("Write 10.200.0.1:3128 there.");
  });

  it("takes the address of another bridge for one of this machine, though nothing is connected to it", () => {
    using folder = new Folder(hostFiles(["10.20.0.1:3128"], "10.20.0.1"));
    const bridge = "ip link add br-ci type bridge; ip addr add 10.20.0.1/16 dev br-ci; ip link set br-ci up";
    const report = checkIn(folder, "172.17.0.1", bridge);
    expect(verdicts(found(report, "docker0"))).toEqual([
      "ok: docker0 has the address 172.17.0.1, as the files have it.",
    ]);
  });

  it("does not call a port open at an address that the machine has no more", () => {
    using folder = new Folder(hostFiles(["172.17.0.1:3128"]));
    const report = checkIn(folder, "172.17.0.1", "ip addr flush dev docker0; ip addr add 172.18.0.1/16 dev docker0");
    expect(verdicts(found(report, "docker0"))[0]).toContain("docker0 has the address 172.18.0.1 here");
    expect(verdicts(found(report, "listening")).join("\n")).not.toContain("Port 3128 is open on");
  });

  it("takes the setting at its word where it fits", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128", "10.200.0.1:3128"], "10.200.0.1"));
    folder.write(".runner-proxy.json", '{ "docker0Address": "10.200.0.1" }');
    const report = checkIn(folder, "10.200.0.1");
    expect(verdicts(found(report, "docker0"))).toEqual([
      "ok: docker0 has the address 10.200.0.1, as the files have it.",
    ]);
    expect(found(report, "listening").map(({ verdict }) => verdict)).toEqual(["ok", "ok"]);
  });

  it("tells where cntlm listens on loopback alone", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128"]));
    const [loopback, bridge] = verdicts(found(checkIn(folder, "172.17.0.1"), "listening"));
    expect(loopback).toBe("ok: The port is open: 127.0.0.1:3128.");
    expect(bridge).toMatch(
      /^problem: Nothing listens on 172\.17\.0\.1:3128, .*; the port is open on 127\.0\.0\.1 alone\.$/,
    );
  });

  it("tells where cntlm is open to everybody, unless Allow and Deny limit it", () => {
    using open = new Folder(hostFiles(["0.0.0.0:3128"]));
    expect(verdicts(found(checkIn(open, "172.17.0.1"), "listening")).at(-1)).toMatch(
      /^problem: Port 3128 is open on every interface/,
    );
    using limited = new Folder(hostFiles(["0.0.0.0:3128"]));
    limited.write("etc/cntlm.conf", `${hostFiles(["0.0.0.0:3128"])["etc/cntlm.conf"]}Allow 172.17.0.0/16\nDeny 0/0\n`);
    expect(found(checkIn(limited, "172.17.0.1"), "listening").map(({ verdict }) => verdict)).not.toContain("problem");
  });
});

describe("a machine that lacks the programs", () => {
  it("cannot tell what they would, and that is no problem", () => {
    using folder = new Folder(hostFiles(["172.17.0.1:3128"]));
    using empty = new Folder();
    for (const name of ["etc/cntlm.conf", "etc/gitlab-runner/config.toml"]) chmodSync(folder.join(name), 0o600);
    folder.write("etc/gitlab-runner/config.toml", "concurrent = 1\n");
    const { code, stdout } = runCli(["check", "--format", "json", folder.path], { env: { PATH: empty.path } });
    const report = reportOf(stdout);
    expect(code).toBe(0);
    expect(verdicts(found(report, "docker0"))).toEqual(["unknown: There is no ip command here."]);
    expect(verdicts(found(report, "listening"))).toEqual(["unknown: There is no ss command here."]);
    expect(verdicts(found(report, "loaded"))).toEqual(["unknown: There is no systemd here."]);
    expect(verdicts(found(report, "boot-order"))).toEqual(["unknown: There is no systemd here."]);
    expect(report.steps.every(({ where }) => where === report.where && where !== "")).toBe(true);
  });
});

describe.runIf(needs("unshare"))("without paths", () => {
  function checkUsual(folder: Folder) {
    const [command = "", ...args] = [...elsewhere(folder), process.execPath, bundle("cli.js"), "check"];
    return spawnSync(command, args, { encoding: "utf8" });
  }

  it("looks at the usual files, drop-ins of any name among them", () => {
    using folder = new Folder({
      ...hostFiles(["127.0.0.1:3128"]),
      "etc/systemd/system/docker.service.d/override.conf": "[Service]\nEnvironment=HTTP_PROXY=http://127.0.0.1:3199\n",
      "etc/default/docker": "# DOCKER_OPTS=\n",
    });
    const { status, stdout, stderr } = checkUsual(folder);
    expect(status).toBe(1);
    expect(stdout).toContain(
      "Nothing listens on 127.0.0.1:3199, which stands in /etc/systemd/system/docker.service.d/override.conf",
    );
    expect(stderr).not.toContain("none of the five formats");
  });

  it("names those that may not be read", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128"]));
    chmodSync(folder.join("etc/gitlab-runner"), 0);
    const { status, stderr } = checkUsual(folder);
    chmodSync(folder.join("etc/gitlab-runner"), 0o755);
    expect(status).toBe(3);
    expect(stderr).toContain("/etc/gitlab-runner/config.toml may not be read: permission denied\n");
  });
});

describe("programs that fail", () => {
  const path = process.env.PATH ?? "";

  afterEach(() => {
    process.env.PATH = path;
  });

  /** Checks a host where a program of this name is another. */
  async function withProgram(name: string, script: string, step: StepId, request: Partial<CheckRequest> = {}) {
    using folder = new Folder(hostFiles(["172.17.0.1:3128"]));
    using programs = new Folder({ [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(programs.join(name), 0o755);
    process.env.PATH = [programs.path, path].join(delimiter);
    return await resultsOf(step, folder, { ...request, only: new Set([step]) });
  }

  it("are told from those that are missing", async () => {
    expect(await withProgram("ip", "exec sleep 60", "docker0", { limits: { command: 100 } })).toEqual([
      { verdict: "unknown", message: "ip did not answer in time." },
    ]);
    expect(await withProgram("ss", "echo 'Cannot open netlink socket' >&2; exit 1", "listening")).toEqual([
      { verdict: "unknown", message: "ss failed: Cannot open netlink socket" },
    ]);
  });
});

describe("the command line", () => {
  it("prints no secret, shows each command first, and quotes what it offers", () => {
    using folder = new Folder(hostFiles(["127.0.0.1:3128"]));
    using odd = new Folder();
    const name = "it's a host/etc/cntlm.conf";
    odd.write(name, "Username u\nDomain d\nPassword Tot4llySecret\nProxy p.corp.example:8080\nListen 3128\n");
    chmodSync(odd.join(name), 0o644);
    const { code, stdout, stderr } = runCli(["check", odd.path]);
    expect(code).toBe(1);
    expect(stdout).toContain("may read");
    expect(stdout).toContain(`$ sudo chmod o-rwx '${odd.path}/it'\\''s a host/etc/cntlm.conf'`);
    expect(stderr).toContain("$ ip -4 -oneline addr show dev docker0\n");
    const all = runCli(["check", "--timeout", "1", folder.path]);
    const said = all.stdout + all.stderr + stdout + stderr;
    expect(said).not.toMatch(/Tot4lly|glrt-|1F6839EE/);
    expect(runCli(["check", "--quiet", odd.path]).stderr).toBe("");
  });

  it("refuses files of several hosts, and a limit that is none", () => {
    using folder = new Folder({ "a/etc/cntlm.conf": "Listen 3128\n", "b/etc/cntlm.conf": "Listen 3128\n" });
    expect(runCli(["check", folder.path])).toMatchObject({ code: 2, stderr: expect.stringContaining("several hosts") });
    expect(runCli(["check", "--timeout", "soon", folder.path]).code).toBe(2);
    expect(runCli(["check", folder.join("missing")]).code).toBe(3);
  });

  it("ends at Ctrl-C, whatever it waits for", async () => {
    await using proxy = await serveProxy(() => undefined);
    using folder = new Folder(
      runnerFiles({ url: "http://gitlab.corp.example/", proxy: `http://127.0.0.1:${proxy.port}` }),
    );
    const child = spawn(process.execPath, [bundle("cli.js"), "check", folder.path], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (data) => {
      said += String(data);
      if (!child.killed && said.includes("Request to GitLab")) child.kill("SIGINT");
    });
    const [code] = await once(child, "exit");
    expect(code).toBe(3);
    expect(said).toMatch(/Cancelled\n$/);
  });
});

describe("what programs print", () => {
  it("is read from ss", async () => {
    await using server = await listening(createServer());
    const here = spawnSync(programPath("ss"), ["-H", "-l", "-t", "-n"], { encoding: "utf8" });
    expect(parseListeners(here.stdout)).toContainEqual({ host: "127.0.0.1", port: server.port });
    expect(
      parseListeners(
        "LISTEN 0 128 *:22 *:*\nLISTEN 0 5 [::1]:631 [::]:*\nLISTEN 0 9 127.0.0.53%lo:53 0.0.0.0:*\nLISTEN 0 9 [fe80::1]%eth0:80 [::]:*\n\n",
      ),
    ).toEqual([
      { host: "::", port: 22 },
      { host: "::1", port: 631 },
      { host: "127.0.0.53", port: 53 },
      { host: "fe80::1", port: 80 },
    ]);
  });

  it("is asked for by a line that a shell takes", () => {
    const line = lineOf({ file: "printf", args: ["%s|", "a b", "it's", "$HOME", ""], env: { TZ: "UTC" } });
    expect(line).toBe("TZ=UTC printf '%s|' 'a b' 'it'\\''s' '$HOME' ''");
    expect(spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout).toBe("a b|it's|$HOME||");
  });
});
