/** Runs the suite in a VS Code for the desktop through @vscode/test-electron, where one can be had. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, SilentReporter } from "@vscode/test-electron";
import { cacheFolder, outputFolder } from "../lib/paths.mjs";
import { which } from "../lib/programs.mjs";
import { capture } from "../lib/run.mjs";
import { note } from "../lib/step.mjs";
import { counts, suiteLine } from "./report.mjs";

const updateServer = "https://update.code.visualstudio.com/api/releases/stable";

/**
 * @param {{ name: string, folder: string, extension: string, tests: string }} options absolute paths
 * @returns {Promise<import("./hosts.mjs").SuiteResult | undefined>} undefined, and a line that tells why, where none is
 *   within reach
 */
export async function runDesktop({ name, folder, extension, tests }) {
  const vscodeExecutablePath = await findDesktop();
  if (vscodeExecutablePath === undefined) {
    note("Left out: its download is out of reach; name an installed one in VSCODE_EXECUTABLE");
    return undefined;
  }
  const launcher = screenLauncher();
  if (launcher === undefined) {
    note("Left out: there is no screen; install xvfb for one");
    return undefined;
  }
  const data = join(outputFolder, name);
  /** @type {Parameters<typeof import("@vscode/test-electron").runTests>[0]} */
  const options = {
    vscodeExecutablePath,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    launchArgs: [
      folder,
      "--disable-workspace-trust",
      `--user-data-dir=${join(data, "user-data")}`,
      `--extensions-dir=${join(data, "extensions")}`,
    ],
  };
  const program = fileURLToPath(new URL("desktop-process.mjs", import.meta.url));
  const [command = process.execPath, ...args] = [...launcher, process.execPath, program, JSON.stringify(options)];
  const { output } = await capture(command, args);
  const log = join(data, "console.log");
  await mkdir(data, { recursive: true });
  await writeFile(log, output);
  const lines = output.split("\n").flatMap((line) => suiteLine(line) ?? []);
  return { ...counts(lines, log), lines };
}

/** The command that gives a window a screen to open on: none needed where there is one, undefined where there is no way. */
function screenLauncher() {
  if (process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    return [];
  }
  const xvfb = which("xvfb-run");
  return xvfb === undefined ? undefined : [xvfb, "--auto-servernum"];
}

/** The executable of an installed VS Code, else of a downloaded one. */
async function findDesktop() {
  if (process.env.VSCODE_EXECUTABLE) {
    return process.env.VSCODE_EXECUTABLE;
  }
  try {
    // The download itself has no time limit to set, so ask first whether its server answers at all.
    const response = await fetch(updateServer, { signal: AbortSignal.timeout(5000) });
    return response.ok
      ? await downloadAndUnzipVSCode({ cachePath: cacheFolder, reporter: new SilentReporter() })
      : undefined;
  } catch {
    return undefined;
  }
}
