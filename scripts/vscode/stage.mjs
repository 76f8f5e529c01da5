/**
 * The extension as its package carries it, with the suite beside it: what the tests load, so that a file that the package
 * leaves out is missed.
 */
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import vsce from "@vscode/vsce";
import { build } from "esbuild";
import { outputFolder, root } from "../lib/paths.mjs";
import { capture } from "../lib/run.mjs";
import { withExampleHost } from "./example-host.mjs";

/**
 * Copies the packaged files and bundles the suite; one bundle serves the node host and the worker host.
 * @param {{ name: string, loopback?: import("./loopback.mjs").Ports }} options `name` of the VS Code that is to load them;
 *   `loopback` for a host that is a machine
 * @returns {Promise<{ extension: string, tests: string }>} absolute paths of the extension's folder and of the suite in it
 */
export async function stage({ name, loopback }) {
  const extension = join(outputFolder, name, "extension");
  await rm(extension, { recursive: true, force: true });
  for (const file of await vsce.listFiles({ cwd: root, packageManager: vsce.PackageManager.None })) {
    await mkdir(dirname(join(extension, file)), { recursive: true });
    await cp(join(root, file), join(extension, file));
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
    define: {
      COMMAND_LINE: JSON.stringify(await askCommandLine()),
      LOOPBACK: loopback === undefined ? "undefined" : JSON.stringify(loopback),
    },
    logLevel: "warning",
  });
  return { extension, tests };
}

/**
 * What the command line makes of the example host, with paths from its root: the editor must come to the same.
 * @returns {Promise<{ findings: unknown[], fixed: Record<string, string> }>} `fixed`: the texts that fixes changed, by path
 */
async function askCommandLine() {
  return withExampleHost(async (folder) => {
    const cli = join(root, "dist", "cli.js");
    const { output } = await capture(process.execPath, [cli, "lint", "--format", "json", "."], { cwd: folder });
    const { findings } = JSON.parse(output);
    await capture(process.execPath, [cli, "fix", "."], { cwd: folder });
    /** @type {Record<string, string>} */
    const fixed = {};
    for (const { file } of findings) {
      const text = await readFile(join(folder, file), "utf8");
      if (text !== (await readFile(join(root, "examples", "host", file), "utf8"))) {
        fixed[file] = text;
      }
    }
    return { findings, fixed };
  });
}
