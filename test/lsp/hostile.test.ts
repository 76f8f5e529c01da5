import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, CompletionItem, Hover } from "vscode-languageserver-protocol";
import { LspClient } from "../support/lsp-client.js";

/** Texts that end other servers: what is asked about them is answered, and the server lives on. */
const deep = 10_000;
const hostile: Readonly<Record<string, string>> = {
  brackets: `a = ${"[".repeat(deep)}`,
  "closed brackets": `{"a": ${"[".repeat(deep)}${"]".repeat(deep)}}`,
  braces: `a = ${"{a=".repeat(deep)}`,
  "braces of JSON": '{"a":'.repeat(deep),
  "dotted keys": `${"a.".repeat(deep)}a = 1`,
  "a deep header": `[${"a.".repeat(deep)}a]`,
  "YAML flows": `a: ${"[".repeat(deep)}`,
  "YAML sequences": "- ".repeat(deep),
  "YAML mappings": `${Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")}`,
  "one line of 1 MB": `a = "${"x".repeat(1 << 20)}"`,
  "one line of 1 MB without quotes": "x".repeat(1 << 20),
  "an assignment of 1 MB": `Environment=NO_PROXY=${"a.test,".repeat(150_000)}`,
  "lone surrogates": '[[runners]]\n  name = "\uD800x\uDC00"\nEnvironment=A=\uD800\n',
  "lone CR": "[Service]\rEnvironment=A=b\r[[runners]]\r",
  NUL: '[Service]\nEnvironment=A=\0b\n[[runners]]\nname = "\0"\n',
  "a byte-order mark": '\uFEFF[Service]\nEnvironment="HTTP_PROXY=http://10.0.0.1:3128"\n',
  binary: randomBytes(20_000).toString("latin1"),
  "blank lines": "\n".repeat(100_000),
  blanks: " ".repeat(100_000),
  quotes: `"'`.repeat(100_000),
  "quotes that nothing closes": `a: "x\nb: 'y\n`.repeat(15_000),
  "items of quotes that nothing closes": `- "\n- '\n`.repeat(25_000),
  "jobs of quotes that nothing closes": `a:\n  script:\n    - echo "it's\n    - 'x\n`.repeat(5000),
  "dashes in a block scalar, and a mistake": `a:\n  script: |\n    ${"- ".repeat(500_000)}\nb: @\n`,
  "brackets in a block scalar, and a mistake": `a:\n  script: |\n${"    x: [\n".repeat(100_000)}b: @\n`,
  "150,000 variables of a unit": `[Service]\nEnvironment=${"A=1 ".repeat(150_000)}\n`,
  "150,000 entries of an environment": `[[runners]]\nexecutor = "docker"\nenvironment = [${'"A=1",'.repeat(150_000)}]\n`,
  "150,000 tables of one name": `[[runners]]\n${"[[runners.docker]]\n".repeat(150_000)}`,
  "pairs of braces": "{}".repeat(100_000),
  "brackets that nothing opens": "]".repeat(200_000),
  "tags of a template over two lines": "[Service]\nEnvironment={% if a\n or b %}A=1\n",
  "lines without =": "[Service]\na\n".repeat(50_000),
  backslashes: `a = "${"\\".repeat(50_001)}"`,
  "shell substitutions": `a:\n  script:\n    - echo ${"$(".repeat(deep)}`,
  "YAML aliases": `a: &a [x]\n${Array.from({ length: 60 }, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : "a"}, *${i ? `b${i - 1}` : "a"}]`).join("\n")}`,
  nothing: "",
};

const uris = [
  "file:///h/etc/gitlab-runner/config.toml",
  "file:///h/etc/cntlm.conf",
  "file:///h/etc/systemd/system/docker.service.d/http-proxy.conf",
  "file:///h/root/.docker/config.json",
  "file:///h/.gitlab-ci.yml",
];

describe("whatever stands in a file", () => {
  let client: LspClient;
  let version = 1;
  beforeAll(async () => {
    client = await LspClient.start();
    for (const uri of uris) await client.open(uri, "", version);
  });
  afterAll(() => {
    client.process.kill();
  });

  it.each(Object.entries(hostile))("%s is answered", async (_name, text) => {
    for (const uri of uris) {
      await client.change(uri, ++version, { text });
      expect(await client.pull(uri)).toBeInstanceOf(Array);
      const position = { line: 0, character: Math.min(7, text.length) };
      const at = { textDocument: { uri }, position };
      await client.connection.sendRequest<Hover | null>("textDocument/hover", at);
      await client.connection.sendRequest<CompletionItem[] | null>("textDocument/completion", at);
      const range = { start: position, end: position };
      const context = { diagnostics: [] };
      await client.connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", { ...at, range, context });
      await client.change(uri, ++version, { text: "" });
    }
    expect(client.process.exitCode).toBeNull();
  });

  it.each(["snippets", "insertSnippet", "dindDefaults", "dindScript", "previewDindScript"])(
    "%s is refused where its parameters are none",
    async (name) => {
      const wrong = name === "snippets" ? [null, { uri: 5 }] : [null, {}, { uri: 5 }, { uri: uris[0], position: "x" }];
      for (const params of wrong) {
        const answer: unknown = await client.connection.sendRequest(`runnerProxy/${name}`, params).catch(String);
        expect(JSON.stringify(answer)).toMatch(/The request does not say/);
      }
    },
  );
});
