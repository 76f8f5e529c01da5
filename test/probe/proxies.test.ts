import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { bundle, Folder } from "../support/cli.js";
import { needs, programPath } from "../support/programs.js";
import { type RunnerFiles, requestResult, resultsOf, runnerFiles } from "./host.js";
import { refuseNtlm } from "./ntlm-parent.js";
import { freePort, json, listening, serveHttp, serveProxy, startProgram, status } from "./servers.js";

const secure = "https://gitlab.corp.example/";
const plain = "http://gitlab.corp.example/";

describe("a request through a proxy", () => {
  it.each([
    [407, /wants a login, or does not take this one \(407\)/],
    [502, /does not reach gitlab\.corp\.example:443: it answers 502/],
    [504, /does not reach gitlab\.corp\.example:443: it answers 504/],
    [403, /refuses the way to gitlab\.corp\.example:443: it answers 403/],
  ])("names the %i that answers CONNECT", async (code, message) => {
    await using proxy = await serveProxy(status(code));
    const result = await requestResult({ url: secure, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(result).toMatchObject({ verdict: "problem", message: expect.stringMatching(message) });
    expect(result.advice).toBeTruthy();
    // The runner sends nothing again that has no answer of GitLab's.
    expect(proxy.seen).toEqual(["CONNECT gitlab.corp.example:443"]);
  });

  it("names the 407 of a plain request, and sends the whole URL", async () => {
    await using proxy = await serveProxy(status(407));
    const result = await requestResult({ url: `${plain}ci`, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(result).toMatchObject({ verdict: "problem", message: expect.stringContaining("(407)") });
    expect(proxy.seen).toEqual(["GET http://gitlab.corp.example/api/v4/version"]);
  });

  it.each([plain, secure])("that hangs runs into the time limit (%s)", async (url) => {
    await using proxy = await serveProxy(() => undefined);
    const limits = { request: 150 };
    const result = await requestResult({ url, proxy: `http://127.0.0.1:${proxy.port}` }, { limits });
    expect(result).toMatchObject({ verdict: "problem", message: `127.0.0.1:${proxy.port} did not answer in time.` });
    expect(proxy.seen).toHaveLength(1);
  });

  it.each([plain, secure])("that closes is told from one that refuses (%s)", async (url) => {
    await using proxy = await serveProxy((socket) => socket.destroy());
    const closed = await requestResult({ url, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(closed.message).toBe(`127.0.0.1:${proxy.port} closes the connection without an answer.`);
    const port = await freePort();
    const refused = await requestResult({ url, proxy: `http://127.0.0.1:${port}` });
    expect(refused.message).toBe(`127.0.0.1:${port} refuses the connection.`);
  });

  it("that speaks something else is named", async () => {
    await using proxy = await listening(createServer((socket) => void socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
    const result = await requestResult({ url: secure, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(result.message).toBe(`127.0.0.1:${proxy.port} does not speak HTTP.`);
  });

  it("that opens the tunnel and ends it is told", async () => {
    await using proxy = await serveProxy((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    const result = await requestResult({ url: secure, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(result.message).toBe(
      `The tunnel of the proxy 127.0.0.1:${proxy.port} ends without an answer of gitlab.corp.example.`,
    );
  });

  it("that is of SOCKS is not judged, and neither is an environment that is not known", async () => {
    expect(await requestResult({ url: secure, proxy: "socks5://127.0.0.1:1080" })).toMatchObject({
      verdict: "unknown",
    });
    using folder = new Folder(runnerFiles({ url: secure }));
    folder.write(
      "etc/systemd/system/gitlab-runner.service.d/more.conf",
      "[Service]\nEnvironmentFile=/etc/company/proxy.env\n",
    );
    const [result] = await resultsOf("gitlab", folder);
    expect(result).toMatchObject({ verdict: "unknown", because: expect.stringContaining("/etc/company/proxy.env") });
  });
});

/** The one thing that the request to GitLab came to, from a machine that reaches nothing. */
function withoutNetwork(files: RunnerFiles): unknown {
  using folder = new Folder(runnerFiles(files));
  const command = [process.execPath, bundle("cli.js"), "check", "--format", "json", folder.path];
  const { stdout } = spawnSync("unshare", ["--net", "--map-root-user", ...command], { encoding: "utf8" });
  return JSON.parse(stdout).steps.find(({ step }: { step: string }) => step === "gitlab").results[0];
}

describe("a request without a proxy", () => {
  // In a network of its own no question for a name leaves the test.
  it.runIf(needs("unshare"))("goes direct where the bypass list says so", () => {
    const files = { url: plain, proxy: "http://127.0.0.1:3128" };
    expect(withoutNetwork({ ...files, noProxy: ".example" })).toMatchObject({
      message: "The name of gitlab.corp.example is not known here.",
      because: expect.stringContaining("the entry .example covers"),
    });
    expect(withoutNetwork({ ...files, noProxy: ".invalid" })).toMatchObject({
      message: expect.stringContaining("127.0.0.1:3128"),
      because: expect.stringContaining("no entry of the list covers"),
    });
  });

  it("is in order when GitLab asks for a token", async () => {
    await using gitlab = await serveHttp((_request, response) => void response.writeHead(401, json).end("{}"));
    const result = await requestResult({ url: `http://127.0.0.1:${gitlab.port}/gitlab/` });
    expect(result).toMatchObject({ verdict: "ok", message: `127.0.0.1:${gitlab.port} answers 401, asked directly.` });
    expect(gitlab.seen).toEqual(["GET /gitlab/api/v4/version"]);
  });

  it("names what GitLab says otherwise", async () => {
    const location = { Location: "https://git.corp.example/users/sign_in" };
    await using moved = await serveHttp((_request, response) => void response.writeHead(301, location).end());
    expect((await requestResult({ url: `http://127.0.0.1:${moved.port}` })).message).toContain(
      "sends the runner on to https://git.corp.example (301)",
    );
    await using other = await serveHttp((_request, response) => void response.writeHead(404, json).end("{}"));
    expect((await requestResult({ url: `http://127.0.0.1:${other.port}` })).message).toContain(
      "answers 404, and not as",
    );
    await using portal = await serveHttp((_request, response) => void response.writeHead(200).end("<html>"));
    expect((await requestResult({ url: `http://127.0.0.1:${portal.port}` })).message).toContain(
      "answers 200, and not as",
    );
  });
});

describe.runIf(needs("tinyproxy"))("tinyproxy with a login", () => {
  it("is passed with the credentials of the address alone, decoded", async () => {
    await using gitlab = await serveHttp((_request, response) => void response.writeHead(401, json).end("{}"));
    const port = await freePort();
    using folder = new Folder({
      "tinyproxy.conf": [
        `Port ${port}`,
        "Listen 127.0.0.1",
        "Allow 127.0.0.1",
        "BasicAuth runner S3cretWord",
        `Upstream http 127.0.0.1:${gitlab.port}`,
        "",
      ].join("\n"),
    });
    await using _tinyproxy = await startProgram(
      programPath("tinyproxy"),
      ["-d", "-c", folder.join("tinyproxy.conf")],
      port,
    );
    const good = await requestResult({ url: plain, proxy: `http://runner:S%33cretWord@127.0.0.1:${port}` });
    expect(good).toMatchObject({
      verdict: "ok",
      message: `gitlab.corp.example answers 401 through the proxy 127.0.0.1:${port}.`,
    });
    const bad = await requestResult({ url: plain, proxy: `http://runner:Wr0ngWord@127.0.0.1:${port}` });
    expect(bad).toMatchObject({ verdict: "problem", message: expect.stringContaining("answers 401 itself") });
    const tunnel = await requestResult({ url: secure, proxy: `http://runner:Wr0ngWord@127.0.0.1:${port}` });
    expect(tunnel).toMatchObject({
      verdict: "problem",
      message: expect.stringContaining("does not take this one (401)"),
    });
    const none = await requestResult({ url: secure, proxy: `http://127.0.0.1:${port}` });
    expect(none).toMatchObject({ verdict: "problem", message: expect.stringContaining("(407)") });
    expect(JSON.stringify([good, bad, none])).not.toMatch(/S3cret|S%33cret|Wr0ng/);
  });
});

describe.runIf(needs("cntlm"))("cntlm before a proxy that does not take its login", () => {
  it("is named, with the options to look at", async () => {
    await using parent = await refuseNtlm();
    const port = await freePort();
    using folder = new Folder(runnerFiles({ url: secure, proxy: `http://127.0.0.1:${port}` }));
    folder.write(
      "etc/cntlm.conf",
      [
        "Username testuser",
        "Domain corp-uk",
        "Password Tot4llySecret",
        `Proxy 127.0.0.1:${parent.port}`,
        `Listen 127.0.0.1:${port}`,
        "",
      ].join("\n"),
    );
    await using _cntlm = await startProgram(programPath("cntlm"), ["-f", "-c", folder.join("etc/cntlm.conf")], port);
    const [result] = await resultsOf("gitlab", folder);
    expect(result).toMatchObject({
      verdict: "problem",
      message: `cntlm on 127.0.0.1:${port} answers 407: the company's proxy does not take its login.`,
      advice: expect.stringContaining("Username, Domain, Auth"),
    });
    expect(parent.seen).toEqual(["type 1", "type 3"]);
    using http = new Folder(runnerFiles({ url: plain, proxy: `http://127.0.0.1:${port}` }));
    http.write("etc/cntlm.conf", readFileSync(folder.join("etc/cntlm.conf")));
    const [plainResult] = await resultsOf("gitlab", http);
    expect(plainResult).toMatchObject({
      verdict: "problem",
      advice: expect.stringContaining("Username, Domain, Auth"),
    });
    const [listening] = await resultsOf("listening", folder);
    expect(listening).toMatchObject({ verdict: "ok", message: `The port is open: 127.0.0.1:${port}.` });
  });
});
