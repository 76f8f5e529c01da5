/** Installs what the project's scripts need, and only what is missing. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { findProgram, installCommand, packagesOf, programNames, which } from "./programs.mjs";
import { run } from "./run.mjs";
import { Failure, note, step } from "./step.mjs";

/**
 * Installs the npm packages that package-lock.json names. Their install scripts are left out: esbuild and biome bring their
 * programs as packages of their own, and playwright's download of a browser is not wanted.
 */
export async function ensureInstalled() {
  if (isUpToDate()) {
    return;
  }
  const command = existsSync(join(root, "node_modules")) ? "install" : "ci";
  await step("Installing npm packages", () => run("npm", [command, "--ignore-scripts", "--no-audit", "--no-fund"]));
}

/** Whether node_modules holds what package-lock.json names, as npm's own record of an install that was finished says. */
function isUpToDate() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) {
    return false;
  }
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const present = lockedPackages(record);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (present[path] === undefined ? optional === true : present[path].version === version),
  );
}

/**
 * @param {string} path of a lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>} by the folder of each package
 */
function lockedPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/**
 * Installs programs where this is Debian or Ubuntu and the user is root. Elsewhere names the missing ones with the command
 * that installs them; the tests that need them are then left out.
 * @throws {Failure} under CI=true, where a missing program is an error
 */
export async function ensurePrograms() {
  const missing = missingOf(programNames);
  if (missing.length > 0 && canInstall()) {
    await step(`Installing ${missing.join(", ")}`, () => aptInstall(() => packagesOf(missing)));
  }
  const left = missingOf(missing);
  if (left.length > 0) {
    const line = `Missing ${left.join(", ")}: sudo ${installCommand(packagesOf(left))}`;
    if (process.env.CI === "true") {
      throw new Failure(line);
    }
    note(`${line} (the tests that need them are left out)`);
  }
}

/** Whether Debian packages can be installed without asking anyone. */
export function canInstall() {
  return process.getuid?.() === 0 && which("apt-get") !== undefined;
}

/** @param {() => readonly string[]} packages asked for once the package lists are there */
export async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("sh", ["-c", installCommand(packages())], { env });
}

/** @param {readonly string[]} names */
function missingOf(names) {
  return names.filter((name) => findProgram(name) === undefined);
}
