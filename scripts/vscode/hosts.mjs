/** The VS Codes that the suite runs in. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputFolder, root } from "../lib/paths.mjs";
import { freePort } from "../lib/port.mjs";
import { runDesktop } from "./desktop.mjs";
import { runInBrowser } from "./in-browser.mjs";
import { serverUrl, serverVersion, startServer } from "./server.mjs";
import { stage } from "./stage.mjs";
import { startWeb, webVersion } from "./web.mjs";

/** @typedef {{ passed: number, failed: number, lines: string[] }} SuiteResult what the suite said, line by line */
/** @typedef {{ name: string, title: string, run: () => Promise<SuiteResult | undefined> }} Host no result: out of reach */

/** @type {Host[]} */
export const hosts = [
  {
    name: "server-node",
    title: `VS Code Server ${serverVersion}, node extension host`,
    run: () => onServer("server-node", false),
  },
  {
    name: "server-worker",
    title: `VS Code Server ${serverVersion}, worker extension host`,
    run: () => onServer("server-worker", true),
  },
  { name: "web", title: `VS Code for the Web ${webVersion}, worker extension host`, run: onWeb },
  { name: "desktop", title: "VS Code for the desktop", run: onDesktop },
];

/**
 * @param {string} name
 * @param {boolean} workerOnly
 */
async function onServer(name, workerOnly) {
  const { extension, tests } = await stage({ name, workerOnly });
  const server = await startServer({ name });
  try {
    return await withExampleHost((folder) =>
      runInBrowser({ name, url: serverUrl({ port: server.port, folder, extension, tests }) }),
    );
  } finally {
    await server.stop();
  }
}

async function onWeb() {
  const name = "web";
  const { extension, tests } = await stage({ name });
  return withExampleHost(async (folder) => {
    const port = await freePort();
    const log = join(outputFolder, name, "server.log");
    const web = await startWeb({ port, folder, extension, tests, log });
    try {
      return await runInBrowser({ name, url: web.url });
    } finally {
      await web.stop();
    }
  });
}

async function onDesktop() {
  const name = "desktop";
  const { extension, tests } = await stage({ name });
  return withExampleHost((folder) => runDesktop({ name, folder, extension, tests }));
}

/**
 * Copies the example host, hands the copy over and deletes it afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} use
 */
async function withExampleHost(use) {
  const folder = await mkdtemp(join(tmpdir(), "example-host-"));
  try {
    await cp(join(root, "examples", "host"), folder, { recursive: true });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
