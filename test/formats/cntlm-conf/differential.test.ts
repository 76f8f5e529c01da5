import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cntlmConf } from "../../../server/src/formats/cntlm-conf/index.js";
import type { CntlmConfTree } from "../../../server/src/formats/cntlm-conf/tree.js";
import { needs } from "../../support/programs.js";

/** What `cntlm -v` says of the options that it has read, in Latin-1. */
function printed(text: string): string {
  const tree = cntlmConf.parse(text, "cntlm.conf");
  let section = "global";
  let out = "";
  const events = [
    ...tree.sections.map((s) => ({ at: s.span.start, section: s.name, option: undefined })),
    ...tree.options.map((option) => ({ at: option.line.start, section: "", option })),
  ].sort((a, b) => a.at - b.at);
  for (const { section: named, option } of events) {
    if (named) section = named;
    if (!option || option.state === "lost") continue;
    const line = text.slice(option.span.start, option.line.end);
    const feed = option.form === "empty" ? "\n" : "";
    out += `section: ${section}, ${option.name || line} = '${option.value.text}${feed}'\n`;
  }
  return out;
}

describe.runIf(needs("cntlm"))("cntlm reads its file as we do", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "cntlm-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (name: string, text: string) =>
    new Promise<{ stdout: string; stderr: string }>((resolve) => {
      const file = join(folder, name);
      writeFileSync(file, text, "latin1");
      execFile("cntlm", ["-f", "-v", "-c", file], { encoding: "latin1", timeout: 10_000 }, (_, stdout, stderr) =>
        resolve({ stdout, stderr }),
      );
    });

  /** A Listen that is no number ends cntlm before it opens a port. */
  const stop = "Listen stop\n";

  const written: readonly string[] = [
    "Username\tjdoe\r\nDomain  CORP  \r\n",
    "Password \"pa#ss word\"\nPassword pa#ss\nPassword pa #ss\nPassword 'x y'\n",
    'Proxy "10.0.0.1:8080\nDomain corp"\nDomain "a" b # c\nDomain a"b"c\nDomain ""\nDomain "" x\nDomain """\n',
    "Username=a\nDomain: d\nUsername = a\n=x y\n:x\nfoo-bar baz\nfoo.bar\n",
    "; a comment\n;x\n  # b\n//c\n!d\nUsername ; e\nUsername # f\nUsername\nUsername \t \n",
    "[one]\nUsername a\n[ two ] x\nDomain b\nword[three]\nAuth c\nword [four]\n[]\nFlags d\n]\n[x y]\nHeader e\n",
    "Workstation \xe9t\xe9\xa0\nUs\xe9rname x\n\xa0Domain y\n\x0bDomain\x0cz\n",
    "Username a\rb\r\nDomain c\rDomain d\n",
    'Username a\0b\nDomain\0 c\nAuth "x\0"\n\0Flags d\nHeader e\n',
    `NoProxy ${"a".repeat(4000)}\nNoProxy ${"b".repeat(4087)}\nNoProxy ${"c".repeat(5000)}\nNoProxy ${"d ".repeat(5000)}\n`,
    "Username a\nDomain b",
    "Username a\nDomain b\n\n  ",
    "",
  ];
  it.each(written.map((text) => [text.length > 60 ? `${text.slice(0, 60)}…` : text, text]))("%j", async (_, text) => {
    const { stdout } = await run("written.conf", stop + text);
    expect(stdout).toBe(printed(stop + text));
  });

  it("on generated files", async () => {
    const name = fc.constantFrom("Username", "Domain", "password", "PROXY", "NoProxy", "foo", "", "//", "x-y", "Auth2");
    const gap = fc.constantFrom(" ", "\t", "", "  ", " = ", ":", "\r");
    const value = fc.string({
      unit: fc.constantFrom("a", "b", " ", "\t", '"', "'", "#", ";", "=", ":", "[", "]", "\r", "\xe9"),
      maxLength: 12,
    });
    const line = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(name, gap, value).map((parts) => parts.join("")) },
      { weight: 1, arbitrary: fc.constantFrom("[part]", " [ other ]", "", "# x", "; y", "  ") },
    );
    const file = fc.tuple(fc.array(line, { minLength: 1, maxLength: 12 }), fc.constantFrom("\n", "\r\n"), fc.boolean());
    const texts = fc
      .sample(file, { numRuns: 200, seed: 20240 })
      .map(([lines, eol, final]) => stop + lines.join(eol) + (final ? eol : ""));
    const results: { text: string; stdout: string }[] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (worker) => {
        for (let i = worker; i < texts.length; i += 4) {
          const text = texts[i] ?? "";
          results.push({ text, stdout: (await run(`${worker}.conf`, text)).stdout });
        }
      }),
    );
    for (const { text, stdout } of results) expect(stdout, JSON.stringify(text)).toBe(printed(text));
  });

  describe("and uses the options that we call effective", () => {
    const start = async (lines: readonly string[]): Promise<{ tree: CntlmConfTree; stderr: string }> => {
      // An unknown Auth ends cntlm after it has said what it ignores; so a free port is all that it needs.
      const text = ["Auth none", ...lines, `Listen ${await freePort()}`, "Proxy 192.0.2.1:8080", ""].join("\n");
      return { tree: cntlmConf.parse(text, "cntlm.conf"), stderr: (await run("effective.conf", text)).stderr };
    };
    const ignoredBy = (stderr: string) =>
      [...stderr.matchAll(/Ignoring config file option: (.*)/g)].map((match) => match[1] ?? "").sort();
    const ignoredHere = (tree: CntlmConfTree) =>
      tree.options
        .filter((o) => o.state === "duplicate" || o.state === "ignored")
        .map((o) => o.name)
        .sort();

    it("in any letter case, in any section", async () => {
      const { tree, stderr } = await start([
        "username a", "DOMAIN b", "[part]", "password c", "passntlmv2 d", "PassNT e", "passlm f", "flags 1",
        "workstation g", "noproxy h", "GateWay no", "allow 127.0.0.1", "DENY 192.0.2.7", "header A: b",
        "socks5users a:b", "ntlmtobasic no", "isascannersize 1", "ISAScannerAgent x", "SOCKS5User a:b", "Pac x", "SSPI y", "Usernam z",
      ]); // biome-ignore format: a list
      expect(stderr).toContain("Unknown NTLM auth combination");
      expect(ignoredHere(tree)).toEqual(ignoredBy(stderr));
      expect(ignoredHere(tree)).toEqual(["Pac", "SOCKS5User", "SSPI", "Usernam"]);
    });

    it("of two of a name the first, unless both count", async () => {
      const names = [
        "Username",
        "Domain",
        "Password",
        "PassNTLMv2",
        "PassNT",
        "PassLM",
        "Flags",
        "Workstation",
        "Gateway",
        "NTLMToBasic",
        "ISAScannerSize",
      ];
      const both = [
        "NoProxy a",
        "NoProxy b",
        "Allow 127.0.0.1",
        "Allow 127.0.0.2",
        "Header A: b",
        "Header A: c",
        "ISAScannerAgent a",
        "ISAScannerAgent b",
        "SOCKS5Users a:b",
        "SOCKS5Users c:d",
      ];
      const { tree, stderr } = await start([
        ...names.flatMap((name) => [`${name} 1`, `${name.toLowerCase()} 2`]),
        ...both,
      ]);
      expect(ignoredHere(tree)).toEqual(ignoredBy(stderr));
      expect(ignoredHere(tree)).toEqual(names.map((name) => name.toLowerCase()).sort());
    });

    it.each([
      "3128",
      "127.0.0.1:PORT",
      "0.0.0.0:PORT",
      "PORT:",
      ":PORT",
      "*:PORT",
      "[::1]:PORT",
      "PORTx",
      "x",
      "127.0.0.1: PORT",
    ])("Listen %s", async (pattern) => {
      for (const gateway of ["no", "YES"]) {
        const text = `Gateway ${gateway}\nListen ${pattern.replace(/PORT|3128/, String(await freePort()))}\nAuth none\nProxy 192.0.2.1:1\n`;
        const { stderr } = await run("listen.conf", text);
        const [listen] = cntlmConf.parse(text, "cntlm.conf").addresses;
        const opened = /Proxy listening on (\S+):(\d+)/.exec(stderr);
        if (opened) expect([listen?.host, String(listen?.port)]).toEqual([opened[1], opened[2]]);
        else expect(stderr).toMatch(listen?.hostSpan ? /Cannot resolve listen address/ : /Invalid listen port/);
      }
    });

    it.each(["192.0.2.1:8080", "h", ":80", "h:80:90", "[::1]:80", "h: 80", "h:80x", "h:0", "h:99999", "http://h:80"])(
      "Proxy %s",
      async (spec) => {
        const text = `Listen ${await freePort()}\nAuth none\nProxy ${spec}\n`;
        const { stderr } = await run("proxy.conf", text);
        const parent = cntlmConf.parse(text, "cntlm.conf").addresses.find((a) => a.role === "parent");
        expect(stderr.includes("Invalid proxy specification")).toBe(parent?.port === undefined);
      },
    );
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
