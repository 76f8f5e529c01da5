/**
 * VS Code Server, as the npm package code-server carries it.
 *
 * It runs on a Node of its own version, which comes from npm too. None of its native modules is compiled: it does without
 * them, save for its terminal's and its file watcher's, which come ready-made.
 */
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { outputFolder } from "../lib/paths.mjs";
import { freePort } from "../lib/port.mjs";
import { run, serve } from "../lib/run.mjs";
import { cached } from "./cache.mjs";

/** The VS Code that code-server 4.N.P carries is 1.N.P. */
export const serverVersion = "1.139.1";
const nodeVersion = "24.21.0";

/** @typedef {{ port: number, stop(): Promise<void> }} RunningServer */

/** Installs it where it is missing. */
async function install() {
  const platform = `${process.platform}-${process.arch}`;
  const folder = await cached({
    name: `server-${serverVersion}-node-${nodeVersion}-${platform}`,
    title: `VS Code Server ${serverVersion}`,
    async fill(folder) {
      const node = join(folder, "node");
      const server = join(folder, "server");
      await Promise.all([
        npmInstall(node, `node-${platform}@${nodeVersion}`),
        npmInstall(server, `code-server@${serverVersion.replace(/^1/, "4")}`).then(() => npmInstall(vscode(folder))),
      ]);
    },
  });
  return {
    node: join(folder, "node", "node_modules", `node-${platform}`, "bin", "node"),
    main: join(vscode(folder), "out", "server-main.js"),
  };
}

/** @param {string} folder */
function vscode(folder) {
  return join(folder, "server", "node_modules", "code-server", "lib", "vscode");
}

/**
 * @param {string} folder
 * @param {string[]} packages none for what the folder's own package.json asks for
 */
async function npmInstall(folder, ...packages) {
  await mkdir(folder, { recursive: true });
  await run(
    "npm",
    ["install", "--prefix", folder, "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", ...packages],
    {
      cwd: folder,
    },
  );
}

/**
 * Starts it with empty user data.
 * @param {{ name: string, settings?: object }} options `name` tells this run's data and log from others', `settings` are
 *   those of VS Code
 * @returns {Promise<RunningServer>}
 */
export async function startServer({ name, settings = {} }) {
  const { node, main } = await install();
  const data = join(outputFolder, name, "server-data");
  const settingsFolder = join(data, "data", "Machine");
  await rm(data, { recursive: true, force: true });
  await mkdir(settingsFolder, { recursive: true });
  await writeFile(join(settingsFolder, "settings.json"), JSON.stringify(settings));
  const port = await freePort();
  const { stop } = await serve(
    node,
    [
      main,
      "--host=127.0.0.1",
      `--port=${port}`,
      "--without-connection-token",
      "--accept-server-license-terms",
      // Without it the server ignores which extension to load and which tests to run.
      "--enable-smoke-test-driver",
      `--server-data-dir=${data}`,
      `--extensions-dir=${join(data, "extensions")}`,
      "--disable-telemetry",
      "--disable-workspace-trust",
    ],
    { url: `http://127.0.0.1:${port}/`, log: join(outputFolder, name, "server.log") },
  );
  return { port, stop };
}

/**
 * The address that opens a folder with an extension under development, which runs in the node extension host, and runs
 * tests if any are named.
 * @param {{ port: number, folder: string, extension: string, tests?: string }} options absolute paths
 */
export function nodeHostUrl({ port, folder, extension, tests }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [["extensionDevelopmentPath", remote(extension)]];
  if (tests !== undefined) {
    payload.push(["extensionTestsPath", remote(tests)]);
  }
  return `http://127.0.0.1:${port}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) })}`;
}

/**
 * The address that opens a folder. With {@link runInWorkerHost}, the extension comes from the page.
 * @param {{ port: number, folder: string }} options an absolute path
 */
export function workerHostUrl({ port, folder }) {
  return `http://127.0.0.1:${port}/?${new URLSearchParams({ folder })}`;
}

/**
 * Gives the pages of a server an extension under development that runs in the worker extension host, and tests to run.
 *
 * VS Code takes such an extension from its page's configuration, by an address of the web. (It would run one from the
 * server's disk in the worker host too, but that could not start a worker of its own.)
 * @param {import("playwright-core").Page} page not opened yet
 * @param {{ port: number, extension: string, tests: string }} options absolute paths; `tests` lies below `extension`
 */
export async function runInWorkerHost(page, { port, extension, tests }) {
  const base = "/extension-under-test/";
  const address = (/** @type {string} */ path) => ({ scheme: "http", authority: `127.0.0.1:${port}`, path });
  const developmentOptions = {
    enableSmokeTestDriver: true,
    extensions: [address(base)],
    extensionTestsPath: address(base + relative(extension, tests)),
  };
  await page.addInitScript({
    content: `
      const original = Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = original.call(this, name);
        return this.id === "vscode-workbench-web-configuration" && name === "data-settings"
          ? JSON.stringify({ ...JSON.parse(value), developmentOptions: ${JSON.stringify(developmentOptions)} })
          : value;
      };`,
  });
  await page.route(`**${base}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(extension, decodeURIComponent(pathname.slice(base.length)));
    return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
  });
}
