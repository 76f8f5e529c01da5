/**
 * The extension as its package carries it, with the suite beside it: what the tests load, so that a file that the package
 * leaves out is missed.
 */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import vsce from "@vscode/vsce";
import { build } from "esbuild";
import { outputFolder, root } from "../lib/paths.mjs";

/**
 * Copies the packaged files and bundles the suite; one bundle serves the node host and the worker host.
 * @param {{ name: string, workerOnly?: boolean }} options `workerOnly` leaves the node entry out of the manifest: a VS Code
 *   Server then runs the extension in its worker host. (Version 1.139 ignores its own parameter for that.)
 * @returns {Promise<{ extension: string, tests: string }>} absolute paths of the extension's folder and of the suite in it
 */
export async function stage({ name, workerOnly = false }) {
  const extension = join(outputFolder, name, "extension");
  await rm(extension, { recursive: true, force: true });
  for (const file of await vsce.listFiles({ cwd: root, packageManager: vsce.PackageManager.None })) {
    await mkdir(dirname(join(extension, file)), { recursive: true });
    await cp(join(root, file), join(extension, file));
  }
  if (workerOnly) {
    const path = join(extension, "package.json");
    const { main, ...manifest } = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify(manifest));
  }
  const tests = join(extension, "suite", "index.js");
  await build({
    entryPoints: [join(root, "test", "vscode", "index.ts")],
    outfile: tests,
    bundle: true,
    format: "cjs",
    platform: "browser",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return { extension, tests };
}
