import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import vsce from "@vscode/vsce";
import { expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { bundle, Folder } from "../support/cli.js";

function run(command: string, args: readonly string[], cwd: string, input = "") {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, input, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

function message(body: unknown): string {
  const text = JSON.stringify(body);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

it("npm's package installs without a network, alone, and runs", () => {
  bundle("cli.js");
  using folder = new Folder({
    "package.json": "{}",
    "host/etc/gitlab-runner/config.toml": '[[runners]]\n  environment = ["HTTP_PROXY=http://10.0.0.1:3128"]\n',
    "host/project/.gitlab-ci.yml": "variables:\n  HTTP_PROXY: http://10.0.0.1:3128\n",
  });
  const packed = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder.path], root);
  const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  const other =
    /^(?:dist\/(?:(?:cli|server)(?:\.main)?|yaml|zh-cn)\.js|docs\/rules\/[\w-]+\.md|package\.json|[A-Z]+(?:\.md)?)$/;
  expect(paths.filter((path) => !other.test(path))).toEqual([]);
  expect(paths).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md"]));

  const install = ["install", "--offline", "--no-audit", "--no-fund", "--cache", folder.join("cache"), `./${filename}`];
  expect(run("npm", install, folder.path)).toMatchObject({ code: 0 });
  const lock = JSON.parse(readFileSync(folder.join("package-lock.json"), "utf8"));
  expect(Object.keys(lock.packages)).toEqual(["", "node_modules/runner-proxy"]);

  const program = folder.join("node_modules/.bin/runner-proxy");
  const linted = run(program, ["lint", "--format", "json", "host"], folder.path);
  expect(linted.code).toBe(1);
  expect(new Set(JSON.parse(linted.stdout).findings.map(({ file }: { file: string }) => file)).size).toBe(2);
  expect(run(program, ["rules", "removed-key"], folder.path).stdout).toMatch(/^# removed-key\n/);
  const conversation = [
    { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
    { id: 2, method: "shutdown" },
    { method: "exit" },
  ];
  const input = conversation.map((part) => message({ jsonrpc: "2.0", ...part })).join("");
  const served = run(program, ["lsp", "--stdio"], folder.path, input);
  expect(served).toMatchObject({ code: 0, stdout: expect.stringContaining('"name":"runner-proxy"') });
});

it("the extension's package holds what package.json names, and no sources", async () => {
  const files = await vsce.listFiles({ cwd: root, packageManager: vsce.PackageManager.None });
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const named = [...manifest.matchAll(/"\.\/((?!dist\/cli)[\w./-]+\.\w+)"/g)].map(([, path]) => path);
  expect(files).toEqual(expect.arrayContaining(named));
  const built = readdirSync(join(root, "dist")).filter((name) => !/^cli\.|\.map$/.test(name));
  expect(files).toEqual(expect.arrayContaining(built.map((name) => `dist/${name}`)));
  expect(
    files.filter((path) => /\.(?:ts|mts|map|test\.\w+)$|node_modules|^(?:test|scripts|examples)\//.test(path)),
  ).toEqual([]);
  const bytes = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
  expect(bytes).toBeLessThan(4 * 1024 * 1024);
});
