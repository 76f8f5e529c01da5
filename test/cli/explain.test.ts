import { describe, expect, it } from "vitest";
import { Folder, runCli } from "../support/cli.js";

const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";
const config = "etc/gitlab-runner/config.toml";
const url = "https://registry.example.net/";

const files = {
  [dropin]:
    '[Service]\nEnvironment="HTTPS_PROXY=http://ci:s3cret@proxy.corp-uk.lan:8080"\nEnvironment=NO_PROXY=.corp-uk.lan\n',
  [config]: '[[runners]]\n  name = "builder"\n  executor = "docker"\n',
};

describe("explain over files", () => {
  it("says what the contract says, without secrets", () => {
    using folder = new Folder(files);
    const args = ["explain", url, "--from", "dockerd", "--format", "json", "."];
    const result = runCli(args, { cwd: folder.path });
    expect(JSON.parse(result.stdout)).toEqual({
      version: 1,
      url,
      routes: [
        {
          hop: "dockerd",
          client: "go",
          via: "proxy",
          proxy: "http://…@proxy.corp-uk.lan:8080",
          because: expect.stringContaining("no entry of the list covers registry.example.net"),
          file: dropin,
          range: { start: { line: 1, character: 12 }, end: { line: 1, character: 65 } },
        },
      ],
    });
    expect(result).toMatchObject({ code: 0, stderr: "" });
  });

  it("names the entry of the bypass list", () => {
    using folder = new Folder(files);
    const args = ["explain", "https://git.corp-uk.lan/", "--from", "dockerd", "--format", "json"];
    const { routes } = JSON.parse(runCli(args, { cwd: folder.path }).stdout);
    expect(routes).toMatchObject([
      { via: "direct", file: dropin, range: { start: { line: 2, character: 21 }, end: { line: 2, character: 33 } } },
    ]);
    expect(routes[0]).not.toHaveProperty("proxy");
  });

  it("is one client's where one is asked for", () => {
    using folder = new Folder(files);
    const { stdout } = runCli(["explain", url, "--client", "git", "--format", "json"], { cwd: folder.path });
    const { routes } = JSON.parse(stdout) as { routes: { hop: string; client: string }[] };
    expect(routes.map(({ hop, client }) => `${hop} ${client}`)).toEqual(["job:builder git", "helper:builder git"]);
  });

  it("prints each hop for people", () => {
    using folder = new Folder(files);
    const { stdout, code } = runCli(["explain", url], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain("\ndockerd\n  through http://…@proxy.corp-uk.lan:8080: go\n");
    expect(stdout).toContain(`${dropin}:2:13 `);
    expect(stdout).not.toContain("s3cret");
  });

  it("names the host of each route where there are several", () => {
    using folder = new Folder({ [`hosts/a/${dropin}`]: files[dropin], [`hosts/b/${dropin}`]: files[dropin] });
    const { stdout } = runCli(["explain", url, "hosts", "--format", "json"], { cwd: folder.path });
    const { routes } = JSON.parse(stdout) as { routes: { host: string; file: string }[] };
    expect(routes.map(({ host, file }) => [host, file])).toEqual([
      ["hosts/a/", `hosts/a/${dropin}`],
      ["hosts/b/", `hosts/b/${dropin}`],
    ]);
  });

  it("draws the chain for a ticket, the broken link red and with the rule's message", () => {
    using folder = new Folder({
      ...files,
      "etc/cntlm.conf":
        "Username a\nDomain b\nPassNTLMv2 1F6839EE15E639893286CF65C5D0A65C\nProxy 10.44.0.2:8080\nListen 172.17.0.1:3128\n",
      "etc/systemd/system/gitlab-runner.service.d/a.conf":
        '[Service]\nEnvironment="HTTPS_PROXY=http://172.17.0.1:3129" "HTTP_PROXY=http://172.17.0.1:3128"\n',
    });
    const { stdout } = runCli(["explain", url, "--format", "mermaid"], { cwd: folder.path });
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("flowchart LR");
    const broken = lines.filter((line) => line.includes("chain-endpoint-unserved"));
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatch(/-->\|"172\.17\.0\.1:3129 ✗ Nothing serves .*"\| /);
    const links = lines.filter((line) => line.includes("-->"));
    expect(lines.at(-1)).toContain(`${links.indexOf(broken[0] ?? "")}`);
    expect(lines.at(-1)).toMatch(/^ {2}linkStyle [\d,]+ stroke:/);
    expect(stdout).not.toContain("s3cret");
  });

  it("takes files that show no host by their folders", () => {
    using folder = new Folder({
      "a/http-proxy.conf": `# docker.service.d\n${files[dropin]}`,
      "b/config.toml": files[config],
    });
    const { stdout } = runCli(["explain", url, "--format", "json"], { cwd: folder.path });
    const { routes } = JSON.parse(stdout) as { routes: { host: string; hop: string; via: string }[] };
    expect(routes.filter(({ hop }) => hop === "dockerd").map(({ host, via }) => [host, via])).toEqual([
      ["a/", "proxy"],
      ["b/", "unknown"],
    ]);
  });
});

describe("explain takes URLs of requests alone", () => {
  it.each([
    ["notaurl", "notaurl is not a URL; explain answers for http:// and https://"],
    ["", '"" is not a URL'],
    ["alpine:3", "alpine:3 is not a URL; explain answers"],
    ["gitlab.corp.lan", "did you mean https://gitlab.corp.lan?"],
    ["registry.corp.lan:5000/app:1", "did you mean https://registry.corp.lan:5000/app:1?"],
    ["localhost/app", "did you mean https://localhost/app?"],
    ["10.0.0.1:8080", "did you mean https://10.0.0.1:8080?"],
    ["[fd00::1]:80", "did you mean https://[fd00::1]:80?"],
    ["ci:s3cret@git.corp.lan/app", "…@git.corp.lan/app is not a URL; did you mean https://…@git.corp.lan/app?"],
    ["git@git.corp.lan:group/app.git", "…@git.corp.lan:group/app.git is an address of SSH"],
    ["ssh://git@git.corp.lan:22/app", "ssh://…@git.corp.lan:22/app is an address of SSH"],
    ["ftp://ci:s3cret@x.example/", "ftp://…@x.example/ is a URL of ftp; explain answers"],
    ["unix:///var/run/docker.sock", "is a URL of unix"],
    ["http://", "http:// is not a valid URL"],
    ["https:///x", "is not a valid URL"],
    ["http://a b/", "is not a valid URL"],
    ["http://[::1", "is not a valid URL"],
    ["http://x.example:99999/", "is not a valid URL"],
    ["http://bü cher.example/", "is not a valid URL"],
  ])("%j", (text, message) => {
    using folder = new Folder(files);
    for (const more of [[], ["--client", "go", "--no-proxy", "a"]]) {
      const result = runCli(["explain", text, ...more], { cwd: folder.path });
      expect(result).toMatchObject({ code: 2, stdout: "" });
      expect(result.stderr).toContain(message);
      expect(result.stderr.trimEnd()).not.toContain("\n");
      expect(result.stderr).not.toContain("s3cret");
    }
  });

  it.each(["HTTP://X.EXAMPLE", "http://ci:s3cret@x.example:8080?a=b#c", "tcp://docker:2375", "http://bücher.example/"])(
    "%s is one",
    (text) => {
      using folder = new Folder(files);
      const result = runCli(["explain", text], { cwd: folder.path });
      expect(result.code).toBe(0);
      expect(result.stdout + result.stderr).not.toContain("s3cret");
    },
  );

  it("and says where no hop makes such a request", () => {
    using folder = new Folder(files);
    const result = runCli(["explain", "tcp://docker:2375", "--from", "dockerd"], { cwd: folder.path });
    expect(result).toMatchObject({ code: 0, stderr: "No program of these hops makes such a request\n" });
  });
});

describe("the picture needs no URL", () => {
  it.each([[[]], [["."]], [["etc"]], [[url]], [[url, "."]]])("explain --format mermaid %j", (words) => {
    using folder = new Folder(files);
    const result = runCli(["explain", "--format", "mermaid", ...words], { cwd: folder.path });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toContain("proxy.corp-uk.lan");
  });

  it("and takes another word for a path", () => {
    using folder = new Folder(files);
    expect(runCli(["explain", "--format", "mermaid", "gone"], { cwd: folder.path })).toMatchObject({
      code: 3,
      stderr: "gone does not exist\n",
    });
  });
});

describe("explain answers wrong use with 2", () => {
  it.each([
    [["--from", "nowhere"], "there is no hop nowhere"],
    [["--no-proxy", "a"], "--client"],
    [["--no-proxy", "a", "--client", "go", "."], "leave out paths"],
    [["--client", "netscape"], "netscape"],
  ])("%j", (args, message) => {
    using folder = new Folder(files);
    const result = runCli(["explain", url, ...args], { cwd: folder.path });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });

  it("and a path that is not there with 3", () => {
    using folder = new Folder(files);
    expect(runCli(["explain", url, "gone"], { cwd: folder.path }).code).toBe(3);
  });
});

it("explain answers about a list alone, without files", () => {
  const { stdout } = runCli(["explain", "https://a.example.net/", "--client", "go", "--no-proxy", ".example.net"]);
  expect(stdout).toMatch(/^go requests .* directly\./);
});
