import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type CliCall, Folder, runCli } from "../support/cli.js";
import { LspClient, pulling } from "../support/lsp-client.js";

const text = '[[runners]]\n  environment = ["HTTP_PROXY=http://10.0.0.1:3128"]\n';

/** A folder for compiled code of the test's own. */
class Cache extends Folder {
  readonly env = { RUNNER_PROXY_NO_CACHE: "", CI: "", XDG_CACHE_HOME: this.join("cache") };

  constructor() {
    super({ "config.toml": text });
    chmodSync(this.path, 0o700);
  }

  lint(env: CliCall["env"] = {}) {
    return runCli(["lint", "--format", "json", "config.toml"], { cwd: this.path, env: { ...this.env, ...env } });
  }

  get folder(): string {
    return this.join("cache/runner-proxy/compiled");
  }

  /** Of the stored code, by the file's name. */
  get stored(): readonly string[] {
    try {
      return readdirSync(this.folder).sort();
    } catch {
      return [];
    }
  }

  /** The one file that there is. */
  get file(): string {
    expect(this.stored).toEqual([expect.stringMatching(/^cli\.main-[\da-f]{8}\.bin$/)]);
    return join(this.folder, this.stored[0] ?? "");
  }
}

/** Tells a file from one that was put in its place. */
const numberOf = (path: string) => statSync(path, { bigint: true }).ino;
const permissions = (path: string) => statSync(path).mode & 0o777;

describe("the compiled code of the command line", () => {
  it("is kept where the user alone can change it, and used", () => {
    using cache = new Cache();
    const first = cache.lint();
    expect(first).toMatchObject({ code: 1, stderr: "" });
    const number = numberOf(cache.file);
    expect([cache.folder, cache.file].map(permissions)).toEqual([0o700, 0o600]);
    expect(cache.lint()).toEqual(first);
    // What could not be used would have been written anew.
    expect(numberOf(cache.file)).toBe(number);
  });

  it("is of use to all after a lint of so many files that the heap grew slowly", () => {
    using cache = new Cache();
    const { env } = cache;
    for (let i = 0; i < 1001; i++) {
      mkdirSync(cache.join(`many/${i}/etc/docker`), { recursive: true });
      writeFileSync(cache.join(`many/${i}/etc/docker/daemon.json`), '{ "proxies": {} }\n');
    }
    expect(runCli(["lint", "many"], { cwd: cache.path, env }).code).toBe(0);
    const number = numberOf(cache.file);
    cache.lint();
    expect(numberOf(cache.file)).toBe(number);
  });

  it("means the same as the sources, beyond ASCII too", () => {
    using cache = new Cache();
    const call = {
      cwd: cache.path,
      input: "[Service]\nEnvironment=\u201cHTTP_PROXY=http://10.0.0.1:3128/\u2033\n",
    };
    const lint = ["lint", "--format", "json", "-", "--stdin-path", "docker.service.d/http-proxy.conf"];
    const kept = runCli(lint, { ...call, env: cache.env });
    expect(cache.stored).toHaveLength(1);
    expect(kept.stdout).toContain("systemd-typographic-quote");
    expect(kept).toEqual(runCli(lint, { ...call, env: { RUNNER_PROXY_NO_CACHE: "1" } }));
  });

  it.each<[string, (file: string) => void]>([
    [
      "broken",
      (file) =>
        writeFileSync(
          file,
          readFileSync(file).map((byte, i) => (i % 5000 === 77 ? byte ^ 0x5a : byte)),
        ),
    ],
    ["cut off", (file) => truncateSync(file, 100_000)],
    ["empty", (file) => truncateSync(file, 0)],
    ["of others as well", (file) => chmodSync(file, 0o666)],
    [
      "a link",
      (file) => {
        renameSync(file, `${file}.other`);
        symlinkSync(`${file}.other`, file);
      },
    ],
  ])("is made anew where the file is %s", (_, spoil) => {
    using cache = new Cache();
    const first = cache.lint();
    const { file } = cache;
    spoil(file);
    const number = numberOf(file);
    expect(cache.lint()).toEqual(first);
    expect(numberOf(file)).not.toBe(number);
    expect(permissions(file)).toBe(0o600);
  });

  it("is made anew for other options of Node, which V8 compiles for", () => {
    using cache = new Cache();
    cache.lint();
    cache.lint({ NODE_OPTIONS: "--max-old-space-size=512" });
    expect(cache.stored).toHaveLength(2);
  });

  it.each<[string, (cache: Cache) => CliCall["env"]]>([
    ["it is turned off", () => ({ RUNNER_PROXY_NO_CACHE: "1" })],
    ["a pipeline runs it", () => ({ CI: "true" })],
    ["there is no home", () => ({ XDG_CACHE_HOME: "", HOME: "/nonexistent" })],
    [
      "others can write the folder above",
      (cache) => {
        mkdirSync(cache.join("cache"));
        chmodSync(cache.join("cache"), 0o1777);
        return {};
      },
    ],
    [
      "others can read the folder",
      (cache) => {
        mkdirSync(cache.folder, { recursive: true, mode: 0o755 });
        return {};
      },
    ],
    [
      "the folder is a link",
      (cache) => {
        mkdirSync(cache.join("cache/runner-proxy"), { recursive: true, mode: 0o700 });
        mkdirSync(cache.join("other"), { mode: 0o700 });
        symlinkSync(cache.join("other"), cache.folder);
        return {};
      },
    ],
  ])("is not kept where %s", (_, prepare) => {
    using cache = new Cache();
    expect(cache.lint(prepare(cache))).toMatchObject({ code: 1, stderr: "" });
    expect(cache.stored).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)("is not kept in the home of another user", () => {
    using cache = new Cache();
    chmodSync(cache.path, 0o777);
    mkdirSync(cache.join("cache"));
    chmodSync(cache.join("cache"), 0o755);
    const linted = runCli(["lint", cache.join("config.toml")], { env: cache.env, user: "nobody" });
    expect(linted).toMatchObject({ code: 1, stderr: "" });
    expect(cache.stored).toEqual([]);
  });
});

it.each([1, 120])("the language server's is kept after a while, and used, with %i open", async (count) => {
  using cache = new Cache();
  const launcher = ["env", ...Object.entries(cache.env).map((entry) => entry.join("="))];
  const uris = Array.from({ length: count }, (_, host) => `file:///hosts/${host}/etc/gitlab-runner/config.toml`);
  const [uri = ""] = uris;
  const client = await LspClient.start({ capabilities: pulling, launcher });
  for (const uri of uris) await client.open(uri, text);
  const found = await client.pull(uri);
  const name = /^server\.main-[\da-f]{8}\.bin$/;
  while (!cache.stored.some((file) => name.test(file))) await sleep(200);
  await client.stop();
  const [file = ""] = cache.stored;
  const number = numberOf(join(cache.folder, file));
  const again = await LspClient.start({ capabilities: pulling, launcher });
  await again.open(uri, text);
  expect(await again.pull(uri)).toEqual(found);
  // As long as the first took to keep it: what could not be used would be written anew.
  await sleep(5000);
  expect(numberOf(join(cache.folder, file))).toBe(number);
  await again.stop();
});
