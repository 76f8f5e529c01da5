import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tlsOff, tlsOffVariable } from "../../server/src/shell/facts/tls.js";
import { needs } from "../support/programs.js";
import { scriptOf } from "../support/script.js";

interface Ended {
  readonly output: string;
}

function run(program: string, args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), GIT_TERMINAL_PROMPT: "0", ...environment },
    });
    let output = "";
    child.stdout.on("data", (data) => (output += String(data)));
    child.stderr.on("data", (data) => (output += String(data)));
    child.on("error", reject);
    child.on("close", () => resolve({ output }));
  });
}

function listen(server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }) {
  return new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null && "port" in address ? Number(address.port) : 0);
    });
  });
}

describe.runIf(needs("git", "openssl"))("a server with a certificate of its own", () => {
  let server: Server;
  let url = "";

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "certificate-"));
    const key = join(folder, "key.pem");
    const cert = join(folder, "cert.pem");
    const words = `req -x509 -newkey rsa:2048 -nodes -keyout ${key} -out ${cert} -days 1 -subj /CN=localhost`;
    execFileSync("openssl", words.split(" "), { stdio: "ignore" });
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
      response.statusCode = 404;
      response.end();
    });
    rmSync(folder, { recursive: true });
    url = `https://localhost:${await listen(server)}/a.git`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const git = async (args: readonly string[], environment: Record<string, string> = {}) => {
    const { output } = await run("git", [...args, "ls-remote", url], environment);
    return output.includes("not found") ? "unchecked" : output.includes("certificate") ? "checked" : output;
  };

  test("is refused by git", async () => expect(await git([])).toBe("checked"));

  test.each(["", "0", "false", "1"])("GIT_SSL_NO_VERIFY=%s", async (value) => {
    expect(await git([], { GIT_SSL_NO_VERIFY: value })).toBe("unchecked");
    expect(tlsOffVariable("GIT_SSL_NO_VERIFY", value)).toBe("git");
  });

  test.each(["", "0", "false", "no", "off", "true", "1", "yes"])("git -c http.sslVerify=%s", async (value) => {
    const told = tlsOff(scriptOf([`git -c http.sslVerify=${value} fetch`])).length > 0;
    expect(await git(["-c", `http.sslVerify=${value}`])).toBe(told ? "unchecked" : "checked");
  });

  test.each(["0", "1", "false", ""])("NODE_TLS_REJECT_UNAUTHORIZED=%s", async (value) => {
    const program = `require("https").get(process.argv[1], (r) => { console.log(r.statusCode); process.exit(); }).on("error", (e) => console.log(e.code))`;
    const { output } = await run(process.execPath, ["-e", program, url], { NODE_TLS_REJECT_UNAUTHORIZED: value });
    const off = tlsOffVariable("NODE_TLS_REJECT_UNAUTHORIZED", value) !== undefined;
    expect(output).toContain(off ? "404" : "SELF_SIGNED");
  });
});

describe.runIf(needs("git"))("git's proxy for an https URL", () => {
  test.each([
    ["https.proxy", 0],
    ["http.proxy", 1],
  ])("%s", async (name, asked) => {
    let connections = 0;
    const proxy = createTcpServer((socket) => {
      connections++;
      socket.on("error", () => {}).destroy();
    });
    const port = await listen(proxy);
    await run("git", ["-c", `${name}=http://127.0.0.1:${port}`, "ls-remote", "https://git.invalid/a.git"], {});
    await new Promise((done) => proxy.close(done));
    expect(connections).toBe(asked);
  });
});
