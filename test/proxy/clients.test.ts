import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { canUnshare } from "../../scripts/clients/namespace.mjs";
import { bypasses } from "../../server/src/proxy/bypass/index.js";
import { clientNames, clients, isClientName, readsVariable } from "../../server/src/proxy/clients.js";
import { credentialOutcome } from "../../server/src/proxy/credentials.js";
import { needs } from "../support/programs.js";

/** What measure.mjs prints of a sample. */
interface Sample {
  bypass: { list: string; url: string; outcomes: Record<string, string> }[];
  variables: { set: Record<string, string>; url: string; outcomes: Record<string, string> }[];
  credentials: { text: string; outcomes: Record<string, string> }[];
}

const installed = needs("curl", "wget", "git", "go", "docker", "python3", "python3-requests", "ruby", "unshare", "ip");
const ready = installed && canUnshare();
if (installed && !ready) console.warn("No network namespace may be made here: the clients are not run.");

describe.runIf(ready)("the clients of this machine, in an empty network", () => {
  // Every seventh row: half a minute's measurement in a few seconds.
  const sample = (): Sample => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/clients/measure.mjs", "--every", "7"], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  it("do what the product says of them", { timeout: 60_000 }, () => {
    const { bypass, variables, credentials } = sample();
    const said: string[] = [];
    const measured: string[] = [];
    const compare = (row: string, expected: string, outcome: string | undefined) => {
      said.push(`${row}: ${expected}`);
      measured.push(`${row}: ${outcome}`);
    };
    for (const client of clientNames) {
      for (const { list, url, outcomes } of bypass) {
        const expected = bypasses(client, url, list)?.direct ? "direct" : "proxy";
        compare(`${client} ${JSON.stringify(list)} ${url}`, expected, outcomes[client]);
      }
      for (const { set, url, outcomes } of variables) {
        const [name = "", ...others] = Object.keys(set);
        if (others.length > 0 || !set[name]?.startsWith("http://")) continue;
        const use = url.startsWith("https:") ? "https" : "http";
        compare(`${client} ${name} ${use}`, readsVariable(client, use, name) ? "A" : "direct", outcomes[client]);
      }
      if (client === "node-proxy-from-env") continue; // it names the proxy and leaves the address to others
      for (const { text, outcomes } of credentials) {
        compare(`${client} credentials ${text}`, credentialOutcome(client, text), outcomes[client]);
      }
    }
    expect(measured.length).toBeGreaterThan(400);
    expect(measured).toEqual(said);
  });
});

describe("clients", () => {
  it("know the names that they read, the winner first", () => {
    expect(clients.curl.variables.http).toEqual(["http_proxy", "all_proxy", "ALL_PROXY"]);
    expect(clients.wget.variables.noProxy).toEqual(["no_proxy"]);
    expect(clients.go.variables.http).toEqual(["HTTP_PROXY", "http_proxy"]);
    expect(clients.docker.variables.https).toEqual(["HTTPS_PROXY", "https_proxy"]);
    expect(clients["node-undici"].variables.https).toEqual(["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"]);
    expect(clientNames.filter((name) => clients[name].variables.needsScheme)).toEqual(["ruby", "node-undici"]);
    expect(readsVariable("python-urllib", "http", "Http_Proxy")).toBe(true);
    expect(readsVariable("curl", "http", "HTTP_PROXY")).toBe(false);
    expect(isClientName("docker") && !isClientName("Docker")).toBe(true);
  });
});
