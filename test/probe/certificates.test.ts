import { execFileSync, type SpawnOptionsWithStdioTuple, spawn } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle, Folder, nobody } from "../support/cli.js";
import { needs, programPath } from "../support/programs.js";
import { requestResult, resultsOf, runnerFiles } from "./host.js";
import { json, listening, serveHttp, serveTunnel } from "./servers.js";

const name = "gitlab.corp.example";

interface CertificateOptions {
  /** How long the certificate holds; 0: it has expired. */
  readonly days?: number;
  /** Its name stands in the Common Name alone. */
  readonly commonNameOnly?: boolean;
}

/** An authority of the test's own and a certificate that it signed. */
class Authority implements Disposable {
  readonly folder = new Folder();

  constructor(subject: string, { days = 1, commonNameOnly = false }: CertificateOptions = {}) {
    const { path } = this.folder;
    const openssl = (...args: string[]) =>
      execFileSync(programPath("openssl"), args, { cwd: path, stdio: ["ignore", "ignore", "pipe"] });
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Corp Root");
    openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", `/CN=${subject}`);
    this.folder.write("names", `subjectAltName=DNS:${subject}\n`);
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", String(days)];
    const named = commonNameOnly ? [] : ["-extfile", "names"];
    openssl("x509", "-req", "-in", "server.csr", ...by, ...named, "-out", "server.crt");
  }

  get file(): string {
    return this.folder.join("ca.crt");
  }

  read(file: "ca.crt" | "server.crt" | "server.key"): string {
    return readFileSync(this.folder.join(file), "utf8");
  }

  /** A GitLab that asks for a token, with the certificate. @param clients the authority of those that it talks to */
  serve(clients?: Authority) {
    const options = {
      key: this.read("server.key"),
      cert: this.read("server.crt"),
      ...(clients && { requestCert: true, ca: clients.read("ca.crt") }),
    };
    return listening(createServer(options, (_request, response) => void response.writeHead(401, json).end("{}")));
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

/** To root every file is open. */
const asNobody: SpawnOptionsWithStdioTuple<"ignore", "pipe", "ignore"> = {
  stdio: ["ignore", "pipe", "ignore"],
  ...(process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
};

describe.runIf(needs("openssl"))("a GitLab with a certificate of a private authority, through a proxy", () => {
  it("is not trusted until tls-ca-file names the authority", async () => {
    using authority = new Authority(name);
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

  it("is trusted by the file of the runner's folder that has its name", async () => {
    using authority = new Authority(name);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const files = { url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}` };
    using folder = new Folder(runnerFiles(files));
    folder.write(`etc/gitlab-runner/certs/${name}.crt`, authority.read("ca.crt"));
    expect(await resultsOf("gitlab", folder)).toMatchObject([{ verdict: "ok" }]);
    using named = new Folder(runnerFiles({ ...files, caFile: folder.join("none.crt") }));
    named.write(`etc/gitlab-runner/certs/${name}.crt`, authority.read("ca.crt"));
    const [result] = await resultsOf("gitlab", named);
    expect(result?.message).toContain(`the runner finds no certificate in ${folder.join("none.crt")}`);
  });

  it("is trusted by its own certificate, as openssl s_client prints it", async () => {
    using authority = new Authority(name);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const caFile = authority.folder.join("server.crt");
    const result = await requestResult({ url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}`, caFile });
    expect(result.verdict).toBe("ok");
  });

  it("is not trusted by a file that is no PEM, and the file is named", async () => {
    using authority = new Authority(name);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const caFile = authority.folder.write("ca.der", Buffer.from([0x30, 0x82, 0x01, 0x0a]));
    const result = await requestResult({ url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}`, caFile });
    expect(result).toMatchObject({
      verdict: "problem",
      message: expect.stringContaining(`no certificate in ${caFile}`),
    });
    expect(result.advice).toBe("Put the authority's certificate there, as PEM.");
  });

  it("is shown the runner's own certificate where it asks for one", async () => {
    using authority = new Authority(name);
    using clients = new Authority("runner.corp.example");
    await using gitlab = await authority.serve(clients);
    await using tunnel = await serveTunnel(gitlab.port);
    const files = { url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}`, caFile: authority.file };
    expect(await requestResult(files)).toMatchObject({
      verdict: "problem",
      message: expect.stringMatching(
        /^gitlab\.corp\.example refuses the TLS connection \(ERR_SSL_\w*CERTIFICATE\w*\)\.$/,
      ),
      advice: expect.stringContaining("tls-cert-file"),
    });
    using folder = new Folder(runnerFiles(files));
    folder.write(`etc/gitlab-runner/certs/${name}.auth.crt`, clients.read("server.crt"));
    folder.write(`etc/gitlab-runner/certs/${name}.auth.key`, clients.read("server.key"));
    expect(await resultsOf("gitlab", folder)).toMatchObject([{ verdict: "ok" }]);
    folder.write(`etc/gitlab-runner/certs/${name}.auth.key`, "no key");
    expect(await resultsOf("gitlab", folder)).toMatchObject([{ verdict: "problem" }]);
  });

  it("is not judged where the user may not read what the runner reads", async () => {
    using authority = new Authority(name);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    using folder = new Folder(
      runnerFiles({ url: `https://${name}/`, proxy: `http://127.0.0.1:${tunnel.port}`, caFile: authority.file }),
    );
    chmodSync(authority.file, 0);
    const child = spawn(process.execPath, [bundle("cli.js"), "check", "--format", "json", folder.path], asNobody);
    const step = JSON.parse(await text(child.stdout)).steps.find(({ step }: { step: string }) => step === "gitlab");
    expect(step.results).toMatchObject([
      { verdict: "unknown", because: `This user may not read ${authority.file}, which the runner reads.` },
    ]);
  });

  it("is not asked where the file lies below a folder that is not known", async () => {
    const result = await requestResult({ url: `https://${name}/`, caFile: "certs/ca.crt" });
    expect(result).toMatchObject({ verdict: "unknown", message: expect.stringContaining("certs/ca.crt") });
  });

  it("is not trusted by its Common Name, as Go has it", async () => {
    using authority = new Authority(name, { commonNameOnly: true });
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const result = await requestResult({
      url: `https://${name}/`,
      proxy: `http://127.0.0.1:${tunnel.port}`,
      caFile: authority.file,
    });
    expect(result.message).toContain("has its name as Common Name alone");
    expect(result.advice).toContain("Subject Alternative Name");
  });

  it("is told when it is for another name, or has expired", async () => {
    using other = new Authority("git.corp.example");
    await using gitlab = await other.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const proxy = `http://127.0.0.1:${tunnel.port}`;
    const mismatch = await requestResult({ url: `https://${name}/`, proxy, caFile: other.file });
    expect(mismatch.message).toBe(`The certificate of ${name} is for another name.`);
    using old = new Authority(name, { days: 0 });
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

describe.runIf(needs("openssl", "go"))("what Go trusts, which the runner is built of", () => {
  const source = fileURLToPath(new URL("trust.go", import.meta.url));

  it.each<[what: string, file: "ca.crt" | "server.crt", options: CertificateOptions, verdict: string, go: RegExp]>([
    ["an authority", "ca.crt", {}, "ok", /^401$/],
    ["the server's own certificate", "server.crt", {}, "ok", /^401$/],
    ["a name in the Common Name alone", "ca.crt", { commonNameOnly: true }, "problem", /relies on legacy Common Name/],
    ["a certificate that has expired", "ca.crt", { days: 0 }, "problem", /certificate has expired/],
  ])("is what a check trusts: %s", async (_what, file, options, verdict, go) => {
    using authority = new Authority(name, options);
    await using gitlab = await authority.serve();
    await using tunnel = await serveTunnel(gitlab.port);
    const [url, proxy, caFile] = [`https://${name}/`, `http://127.0.0.1:${tunnel.port}`, authority.folder.join(file)];
    expect((await requestResult({ url, proxy, caFile })).verdict).toBe(verdict);
    const child = spawn("go", ["run", source, caFile, proxy, url], { stdio: ["ignore", "pipe", "inherit"] });
    expect((await text(child.stdout)).trim()).toMatch(go);
  });
});
