// The language server over stdio as an editor has it, beside a bare one that has nothing to say of any document.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { inTurns, ratio, table } from "./measure.mjs";
import { ofHost, texts } from "./texts.mjs";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const programs = {
  ours: [here("../../dist/server.js"), "--stdio"],
  bare: [here("bare-server.mjs")],
  yaml: [here("bare-server.mjs"), "--yaml"],
};

const files = {
  toml: { uri: "file:///host/etc/gitlab-runner/config.toml", text: texts.runnerToml },
  yaml: { uri: "file:///host/project/.gitlab-ci.yml", text: texts.gitlabCi },
};

/** Where the server keeps its compiled code. */
const cache = mkdtempSync(join(tmpdir(), "runner-proxy-bench-"));
let keeps = true;

/** @type {Set<Editor>} */
const running = new Set();

/** An editor that asks for diagnostics. */
class Editor {
  #version = 1;
  /** @type {Map<string, string | undefined>} */
  #resultIds = new Map();

  /** @param {readonly string[]} program */
  constructor(program) {
    this.process = spawn(process.execPath, program, {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, XDG_CACHE_HOME: cache, RUNNER_PROXY_NO_CACHE: keeps ? "" : "1" },
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onRequest(() => null);
    this.connection.listen();
    running.add(this);
  }

  async start() {
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
    await this.connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities });
    await this.connection.sendNotification("initialized", {});
  }

  /** @param {string} uri @param {string} text */
  open(uri, text) {
    const textDocument = { uri, languageId: "plaintext", version: 1, text };
    return this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Asks as VS Code does, with what it has already. @param {string} uri */
  async findings(uri) {
    const previousResultId = this.#resultIds.get(uri);
    const params = { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) };
    const { resultId } = await this.connection.sendRequest("textDocument/diagnostic", params);
    this.#resultIds.set(uri, resultId);
  }

  /** @param {string} uri */
  hover(uri) {
    const params = { textDocument: { uri }, position: { line: 0, character: 2 } };
    return this.connection.sendRequest("textDocument/hover", params).catch(() => undefined);
  }

  /** A character, and the findings after it. @param {string} uri @param {{ line: number, character: number }} at */
  async type(uri, at) {
    const contentChanges = [{ range: { start: at, end: at }, text: "x" }];
    const textDocument = { uri, version: ++this.#version };
    await this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
    await this.findings(uri);
  }

  /** Kilobytes that the process holds. */
  memory() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, "utf8"))?.[1]);
  }

  end() {
    running.delete(this);
    this.connection.dispose();
    this.process.kill();
  }
}

/** @param {keyof typeof programs} name */
async function started(name) {
  const editor = new Editor(programs[name]);
  await editor.start();
  return editor;
}

/** Lets the server keep what it compiles for both kinds of files. */
async function keepCode() {
  const editor = await started("ours");
  for (const { uri, text } of Object.values(files)) {
    await editor.open(uri, text(2));
    await editor.findings(uri);
  }
  const kept = () => readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".bin"));
  for (let i = 0; i < 100 && kept().length < 2; i++) await sleep(200);
  editor.end();
}

/** Without the code that the last start left. @param {() => Promise<void>} start */
async function asFirst(start) {
  keeps = false;
  await start();
  keeps = true;
}

/** From the start of the process to the findings of one file. @param {keyof typeof programs} name @param {keyof typeof files} kind */
async function firstFindings(name, kind) {
  const { uri, text } = files[kind];
  const editor = await started(name);
  await editor.open(uri, text(2));
  await editor.findings(uri);
  editor.end();
}

/** A text and a place in its middle to type at: in a comment, or in the first bypass list. @param {string} text @param {"comment" | "value"} place */
function withPlace(text, place) {
  const lines = text.split("\n");
  const first = lines.findIndex((line, i) => i > lines.length / 2 && /^(?:\[\[runners|\w+:)/.test(line));
  const line = first < 0 ? lines.length - 1 : first;
  lines.splice(line, 0, "# typed here");
  const at = { line, character: 1 };
  const value = lines.findIndex((other, i) => i > line && other.includes("no_proxy"));
  if (place === "value") Object.assign(at, { line: value, character: lines[value]?.indexOf("localhost") ?? 0 });
  return { text: lines.join("\n"), at };
}

/**
 * Seconds are of no use where others work on the machine: all are measured in turns.
 * @param {keyof typeof files} kind @param {number} kb @param {"comment" | "value"} place @param {number} others
 */
async function keystrokes(kind, kb, place, others) {
  const { uri } = files[kind];
  const { text, at } = withPlace(files[kind].text(kb), place);
  /** @type {("ours" | "bare" | "yaml")[]} */
  const names = kind === "yaml" ? ["ours", "bare", "yaml"] : ["ours", "bare"];
  const editors = await Promise.all(names.map(started));
  for (const editor of editors) {
    for (let i = 0; i < others; i++) await editor.open(otherUri(i), texts.runnerToml(2));
    await editor.open(uri, text);
    await editor.findings(uri);
  }
  const typing = Object.fromEntries(names.map((name, i) => [name, () => editors[i]?.type(uri, at)]));
  const times = await inTurns(typing, kb > 100 ? 60 : 200);
  for (const editor of editors) editor.end();
  return times;
}

/** Each of a host of its own. @param {number} index */
function otherUri(index) {
  return `file:///hosts/${index}/etc/gitlab-runner/config.toml`;
}

/**
 * Opens a thousand files and asks for the findings of all; a request meanwhile is timed as well.
 * @param {"ours" | "bare"} name
 * @param {boolean} proxies whether each host has a proxy of its own
 */
async function thousand(name, proxies) {
  const editor = await started(name);
  const text = texts.runnerToml(2);
  const uris = Array.from({ length: 1000 }, (_, i) => otherUri(i));
  const start = performance.now();
  for (const [host, uri] of uris.entries()) await editor.open(uri, ofHost(text, host, proxies));
  const all = Promise.all(uris.map((uri) => editor.findings(uri)));
  const asked = performance.now();
  const meanwhile = editor.hover(uris[0] ?? "").then(() => performance.now() - asked);
  await all;
  const time = performance.now() - start;
  const memory = editor.memory();
  editor.end();
  return { time, memory, meanwhile: await meanwhile };
}

export async function run() {
  try {
    await measure();
  } finally {
    for (const editor of running) editor.end();
    rmSync(cache, { recursive: true, force: true });
  }
}

async function measure() {
  const node = () =>
    new Promise((resolve) => void spawn(process.execPath, ["-e", "0"]).once("exit", () => resolve(undefined)));
  await keepCode();
  const start = await inTurns(
    {
      node,
      bare: () => firstFindings("bare", "toml"),
      toml: () => firstFindings("ours", "toml"),
      yaml: () => firstFindings("ours", "yaml"),
      firstToml: () => asFirst(() => firstFindings("ours", "toml")),
      firstYaml: () => asFirst(() => firstFindings("ours", "yaml")),
    },
    9,
  );
  table(
    "From the start to the first findings, as times the bare server",
    ["", "config.toml", ".gitlab-ci.yml"],
    [
      ["ours", ratio(start.toml / start.bare), ratio(start.yaml / start.bare)],
      ["ours, the first time", ratio(start.firstToml / start.bare), ratio(start.firstYaml / start.bare)],
      ["node -e 0", ratio(start.node / start.bare), ""],
    ],
  );

  /** @type {(string | number)[][]} */
  const rows = [];
  for (const [kind, kb, place, others] of /** @type {const} */ ([
    ["toml", 2, "comment", 0],
    ["toml", 50, "comment", 0],
    ["toml", 500, "comment", 0],
    ["toml", 2, "value", 0],
    ["toml", 50, "value", 0],
    ["toml", 500, "value", 0],
    ["toml", 50, "comment", 1000],
    ["toml", 50, "value", 1000],
    ["yaml", 50, "comment", 0],
  ])) {
    const { ours = 0, bare = 1, yaml } = await keystrokes(kind, kb, place, others);
    const name = `${kind} ${kb} KB, in a ${place}${others > 0 ? `, ${others} others open` : ""}`;
    rows.push([name, ratio(ours / bare), yaml === undefined ? "" : ratio(ours / yaml), ratio(ours)]);
  }
  table(
    "From a keystroke to the findings: times the bare server, times the bare server that parses with yaml",
    ["", "bare", "bare + yaml", "ms"],
    rows,
  );

  const bare = await thousand("bare", false);
  const named = await thousand("ours", false);
  const ours = await thousand("ours", true);
  const megabytes = (/** @type {number} */ kilobytes) => Math.round(kilobytes / 1024);
  const meanwhile = (/** @type {typeof ours} */ { meanwhile }) =>
    `${ratio(meanwhile / bare.meanwhile)} (${Math.round(meanwhile)} ms)`;
  const memory = (/** @type {typeof ours} */ { memory }) => `${ratio(memory / bare.memory)} (${megabytes(memory)} MB)`;
  table(
    "A file of 2 KB on each of 1,000 hosts opened at once, and the findings of all, as times the bare server",
    ["", "names and tokens of their own", "a proxy of its own as well"],
    [
      ["time", ratio(named.time / bare.time), ratio(ours.time / bare.time)],
      ["a hover meanwhile", meanwhile(named), meanwhile(ours)],
      ["memory", memory(named), memory(ours)],
    ],
  );
}
