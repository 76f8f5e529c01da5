import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { describe, expect, it } from "vitest";
import { Folder } from "../support/cli.js";
import { needs, programPath } from "../support/programs.js";
import { requestResult, resultsOf, runnerFiles } from "./host.js";
import { json, listening, serveHttp, serveTunnel } from "./servers.js";

const name = "gitlab.corp.example";

/** An authority of the test's own and a certificate that it signed. */
class Authority implements Disposable {
  readonly folder = new Folder();

  constructor(subject: string, days: number) {
    const { path } = this.folder;
    const openssl = (...args: string[]) =>
      execFileSync(programPath("openssl"), args, { cwd: path, stdio: ["ignore", "ignore", "pipe"] });
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Corp Root");
    openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", `/CN=${subject}`);
    this.folder.write("names", `subjectAltName=DNS:${subject}\n`);
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names", "-days", String(days)];
    openssl("x509", "-req", "-in", "server.csr", ...by, "-out", "server.crt");
  }

  get file(): string {
    return this.folder.join("ca.crt");
  }

  /** A GitLab that asks for a token, with the certificate. */
  serve() {
    const read = (file: string) => readFileSync(this.folder.join(file), "utf8");
    const options = { key: read("server.key"), cert: read("server.crt") };
    return listening(createServer(options, (_request, response) => void response.writeHead(401, json).end("{}")));
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

describe.runIf(needs("openssl"))("a GitLab with a certificate of a private authority, through a proxy", () => {
  it("is not trusted until tls-ca-file names the authority", async () => {
    using authority = new Authority(name, 1);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const files = { url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}` };
    const refused = await requestResult(files);
    expect(refused).toMatchObject({ verdict: "problem", advice: expect.stringContaining("tls-ca-file") });
    expect(refused.message).toContain(`The certificate of ${name} is of an authority that this machine does not trust`);
    const trusted = await requestResult({ ...files, caFile: authority.file });
    expect(trusted).toMatchObject({ verdict: "ok", message: expect.stringContaining("answers 401 through the proxy") });
    expect(tunnel.seen).toEqual([`CONNECT ${name}:443`, `CONNECT ${name}:443`]);
  });

  it("is trusted by the file beside config.toml that has its name", async () => {
    using authority = new Authority(name, 1);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    using folder = new Folder(runnerFiles({ url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}` }));
    folder.write(`etc/gitlab-runner/certs/${name}.crt`, readFileSync(authority.file));
    expect(await resultsOf("gitlab", folder)).toMatchObject([{ verdict: "ok" }]);
  });

  it("is told when it is for another name, or has expired", async () => {
    using other = new Authority("git.corp.example", 1);
    await using gitlab = await other.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const proxy = `http://127.0.0.1:${tunnel.port}`;
    const mismatch = await requestResult({ url: `https://${name}/`, proxy, caFile: other.file });
    expect(mismatch.message).toBe(`The certificate of ${name} is for another name.`);
    using old = new Authority(name, 0);
    await using expired = await old.serve();
    await using way = await serveTunnel(expired.port);
    const result = await requestResult({
      url: `https://${name}/`,
      proxy: `http://127.0.0.1:${way.port}`,
      caFile: old.file,
    });
    expect(result.message).toBe(`The certificate of ${name} has expired.`);
  });

  it("is told from a server without TLS", async () => {
    await using plain = await serveHttp((_request, response) => void response.end());
    await using tunnel = await serveTunnel(plain.port);
    const result = await requestResult({ url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}` });
    expect(result.message).toBe(`${name} does not speak TLS, as https:// asks for.`);
  });
});
