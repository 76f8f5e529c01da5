/** The VS Codes that the suite runs in. */
import { join } from "node:path";
import { outputFolder } from "../lib/paths.mjs";
import { freePort } from "../lib/port.mjs";
import { runDesktop } from "./desktop.mjs";
import { withExampleHost } from "./example-host.mjs";
import { runInBrowser } from "./in-browser.mjs";
import { withLoopbackServers } from "./loopback.mjs";
import { nodeHostUrl, runInWorkerHost, serverVersion, startServer, workerHostUrl } from "./server.mjs";
import { stage } from "./stage.mjs";
import { startWeb, webVersion } from "./web.mjs";

/** @typedef {{ passed: number, failed: number, lines: string[] }} SuiteResult what the suite said, line by line */
/** @typedef {{ name: string, title: string, run: () => Promise<SuiteResult | undefined> }} Host no result: out of reach */

/** @type {Host[]} */
export const hosts = [
  {
    name: "server-node",
    title: `VS Code Server ${serverVersion}, node extension host`,
    run: onServerNode,
  },
  {
    name: "server-worker",
    title: `VS Code Server ${serverVersion}, worker extension host`,
    run: onServerWorker,
  },
  { name: "web", title: `VS Code for the Web ${webVersion}, worker extension host`, run: onWeb },
  { name: "desktop", title: "VS Code for the desktop", run: onDesktop },
];

async function onServerNode() {
  const name = "server-node";
  return withLoopbackServers(async (loopback) => {
    const { extension, tests } = await stage({ name, loopback });
    return withServer(name, ({ port }, folder) =>
      runInBrowser({ name, url: nodeHostUrl({ port, folder, extension, tests }) }),
    );
  });
}

async function onServerWorker() {
  const name = "server-worker";
  const { extension, tests } = await stage({ name });
  return withServer(name, ({ port }, folder) =>
    runInBrowser({
      name,
      url: workerHostUrl({ port, folder }),
      prepare: (page) => runInWorkerHost(page, { port, extension, tests }),
    }),
  );
}

/**
 * @template T
 * @param {string} name
 * @param {(server: import("./server.mjs").RunningServer, folder: string) => Promise<T>} use
 */
async function withServer(name, use) {
  const server = await startServer({ name });
  try {
    return await withExampleHost((folder) => use(server, folder));
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
  return withLoopbackServers(async (loopback) => {
    const { extension, tests } = await stage({ name, loopback });
    return withExampleHost((folder) => runDesktop({ name, folder, extension, tests }));
  });
}
