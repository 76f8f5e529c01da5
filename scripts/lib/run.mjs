/** Commands that run to their end, and servers that run until they are stopped. */
import { spawn } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./paths.mjs";
import { Failure } from "./step.mjs";

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} RunOptions */

/**
 * Runs a command and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options] `cwd` is the checkout where not given
 * @returns {Promise<string>} its output, standard error included
 * @throws {Failure} with the output where the command fails
 */
export async function run(command, args, options = {}) {
  const { code, output } = await capture(command, args, options);
  if (code !== 0) {
    throw new Failure(`${output.trimEnd()}\n${[command, ...args].join(" ")} ended with exit code ${code}`);
  }
  return output;
}

/**
 * Runs a command and lets it print to this process's terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number | null>} its exit code
 */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", resolve);
  });
}

/**
 * Runs a command to its end, whatever its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (/** @type {string} */ chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.once("error", (error) => reject(new Failure(`${command} cannot be run: ${error.message}`)));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Starts a server and waits until it answers.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ url: string, log: string, env?: NodeJS.ProcessEnv }} options `log` is the file its output goes to
 * @returns {Promise<{ stop(): Promise<void>, ended: Promise<number | null> }>}
 */
export async function serve(command, args, { url, log, env = process.env }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, "w");
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", output, output] });
  const endWithUs = () => child.kill();
  process.once("exit", endWithUs);
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => {
      process.off("exit", endWithUs);
      resolve(code);
    });
  });
  let running = true;
  ended.then(() => {
    running = false;
  });
  const stop = async () => {
    child.kill();
    if ((await Promise.race([ended.then(() => "ended"), sleep(5000, undefined, { ref: false })])) !== "ended") {
      child.kill("SIGKILL");
    }
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (!running) {
      throw new Failure(`${command} ended before it answered at ${url}: see ${log}`);
    }
    if (await answers(url)) {
      return { stop, ended };
    }
    await sleep(200);
  }
  await stop();
  throw new Failure(`${command} does not answer at ${url}: see ${log}`);
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
