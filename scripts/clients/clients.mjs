/** How each client is called, and how its version is asked. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** @import { Answer, Client, Lane } from "./types.js" */

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const cache = join(root, ".cache/clients");
/** @param {string} name */
const driver = (name) => join(here, "drivers", name);
/** @param {string} text @param {RegExp} pattern */
const first = (text, pattern) => pattern.exec(text)?.[1] ?? "unknown";
/** @param {string} command @param {string[]} args */
const say = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });
/** @param {string} name @returns {string} */
const packageVersion = (name) =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

// Debian's own, which has Debian's requests: another python3 may stand first in PATH.
const python = "/usr/bin/python3";
// TLS without certificates of its own.
const dockerTls = ["--tls", "--tlscacert=", "--tlscert=", "--tlskey="];
const goProgram = join(cache, "go-client");

/**
 * The clients by the names that the product has for them.
 * @type {Record<string, Client>}
 */
export const clients = {
  curl: {
    version: () => first(say("curl", "--version"), /^curl (\S+)/),
    command: (url) => ["curl", "-q", "--globoff", "--silent", "--max-time", "10", "--output", "/dev/null", url],
  },
  wget: {
    version: () => first(say("wget", "--version"), /^GNU Wget (\S+)/),
    command: (url) => [
      "wget",
      "--no-config",
      "--quiet",
      "--tries=1",
      "--timeout=10",
      "--output-document=/dev/null",
      url,
    ],
  },
  git: {
    version: () => first(say("git", "--version"), /version (\S+)/),
    command: (url) => ["git", "ls-remote", url],
    lanes: 2,
  },
  go: {
    build() {
      mkdirSync(cache, { recursive: true });
      execFileSync("go", ["build", "-o", goProgram, driver("go.go")], {
        cwd: here,
        env: { ...process.env, GO111MODULE: "off" },
      });
    },
    version: () => first(say(goProgram), /^go(\S+)/),
    command: (url) => [goProgram, url],
  },
  docker: {
    version: () => first(say("docker", "--version"), /version ([^\s,]+)/),
    command: (url) => ["docker", ...(url.startsWith("https:") ? dockerTls : []), "version"],
    env: (url) => ({ DOCKER_HOST: dockerHost(url) }),
    lanes: 2,
  },
  "python-requests": {
    version: () => say(python, "-c", "import requests; print(requests.__version__)").trim(),
    batch: [python, driver("python-requests.py")],
  },
  "python-urllib": {
    version: () => say(python, "-c", "import platform; print(platform.python_version())").trim(),
    batch: [python, driver("python-urllib.py")],
  },
  ruby: {
    version: () => say("ruby", "-e", "print RUBY_VERSION"),
    batch: ["ruby", driver("ruby.rb")],
  },
  "node-undici": {
    version: () => packageVersion("undici"),
    batch: [process.execPath, driver("node-undici.mjs")],
  },
  "node-proxy-from-env": {
    version: () => packageVersion("proxy-from-env"),
    batch: [process.execPath, driver("node-proxy-from-env.mjs")],
    asksOnly: true,
  },
};

/**
 * A URL as DOCKER_HOST has it; the port is named, since the client's own default is another.
 * @param {string} url
 */
function dockerHost(url) {
  const { protocol } = new URL(url);
  const authority = first(url, /^https?:\/\/([^/]*)/); // as written: URL drops default ports
  return `tcp://${/:\d+$/.test(authority) ? authority : `${authority}:${protocol === "http:" ? 80 : 443}`}`;
}

const baseEnv = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LANG: "C.UTF-8",
  HOME: join(cache, "home"), // no configuration of the user's
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "true",
  GIT_CONFIG_NOSYSTEM: "1",
};

/**
 * Starts a lane of a client.
 * @param {Client} client
 * @returns {Lane}
 */
export function openLane(client) {
  mkdirSync(baseEnv.HOME, { recursive: true });
  const [command, ...args] = client.batch ?? [];
  if (command === undefined) return { request: (env, url) => runOnce(client, env, url), close() {} };
  const child = spawn(command, args, {
    env: { ...baseEnv, NODE_NO_WARNINGS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async request(env, url) {
      child.stdin.write(`${JSON.stringify({ env, url })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ended early`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

/**
 * @param {Client} client
 * @param {Record<string, string>} env
 * @param {string} url
 * @returns {Promise<Answer>}
 */
function runOnce(client, env, url) {
  const [command, ...args] = client.command?.(url) ?? [];
  if (command === undefined) throw new Error("a client without a command");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...baseEnv, ...env, ...client.env?.(url) },
      stdio: "ignore",
      timeout: 15_000,
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0 ? {} : { error: String(code) }));
  });
}
