/**
 * The programs that tests run for real, and the Debian packages that bring them (programs.json).
 *
 * An entry's `packages` are alternatives: the first that the distribution knows is installed. An entry with a `pythonModule`
 * stands for a Python interpreter that can import that module, one with an `emacsLibrary` for an Emacs that can load that library.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @typedef {{ packages: string[], pythonModule?: string, emacsLibrary?: string }} Program */

/** @type {Record<string, Program>} */
const programs = JSON.parse(readFileSync(new URL("programs.json", import.meta.url), "utf8"));

/** Every program that some test needs. */
export const programNames = Object.keys(programs);

/** Debian keeps daemons such as cntlm here, which an ordinary user's PATH lacks. */
const systemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/**
 * The path of an executable file in PATH or in the system's folders.
 * @param {string} command
 * @returns {string | undefined}
 */
export function which(command) {
  return candidates(command).at(0);
}

/**
 * The executable that stands for a program of the table.
 * @param {string} name a key of programs.json
 * @returns {string | undefined} undefined where it is missing
 */
export function findProgram(name) {
  const { pythonModule, emacsLibrary } = entry(name);
  if (emacsLibrary !== undefined) {
    const load = `(progn (package-initialize) (require '${emacsLibrary}))`;
    return candidates("emacs").find((emacs) => spawnSync(emacs, ["--batch", "--eval", load]).status === 0);
  }
  if (pythonModule === undefined) {
    return which(name);
  }
  // More than one Python may be installed, and Debian's packages serve only Debian's own.
  return candidates("python3").find((python) => spawnSync(python, ["-c", `import ${pythonModule}`]).status === 0);
}

/**
 * The packages of this distribution that bring programs.
 * @param {readonly string[]} names keys of programs.json
 */
export function packagesOf(names) {
  return names.map((name) => {
    const { packages } = entry(name);
    return packages.find(isKnownPackage) ?? packages.at(-1) ?? name;
  });
}

/**
 * Whether apt could install a package. A system that has not fetched its package lists yet knows none.
 * @param {string} name
 */
export function isKnownPackage(name) {
  return spawnSync("apt-cache", ["show", "--no-all-versions", name]).status === 0;
}

/**
 * The command that installs packages on Debian and Ubuntu.
 * @param {readonly string[]} packages
 */
export function installCommand(packages) {
  return `apt-get install --yes --no-install-recommends ${packages.join(" ")}`;
}

/** @param {string} name */
function entry(name) {
  const program = programs[name];
  if (program === undefined) {
    throw new Error(`${name} is not in scripts/lib/programs.json`);
  }
  return program;
}

/** @param {string} command */
function candidates(command) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...systemFolders];
  return folders.map((folder) => join(folder, command)).filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
