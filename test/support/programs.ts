import { delimiter, dirname } from "node:path";
import type programs from "../../scripts/lib/programs.json";
import { findProgram, installCommand, packagesOf } from "../../scripts/lib/programs.mjs";

/** A key of scripts/lib/programs.json: add a line there for a program that no test has needed so far. */
export type ProgramName = keyof typeof programs;

/**
 * Whether every program named is installed, for tests that run the real thing:
 *
 * ```ts
 * describe.runIf(needs("cntlm", "curl"))("cntlm listens where the file says", () => { … });
 * ```
 *
 * A program found in a folder that PATH lacks, such as /usr/sbin, is made callable by its bare name.
 * Where one is missing, says so in one line with the command that installs it, and answers false.
 *
 * @throws under CI=true, where a missing program is an error
 */
export function needs(...names: ProgramName[]): boolean {
  const missing: ProgramName[] = [];
  for (const name of names) {
    const path = findProgram(name);
    if (path === undefined) {
      missing.push(name);
    } else {
      addToPath(dirname(path));
    }
  }
  if (missing.length === 0) {
    return true;
  }
  const line = `Missing ${missing.join(", ")}: sudo ${installCommand(packagesOf(missing))}`;
  if (process.env.CI === "true") {
    throw new Error(line);
  }
  console.warn(line);
  return false;
}

/**
 * The path of an installed program. For "python3-requests" it is that of the Python that has the module.
 *
 * @throws where it is missing: ask {@link needs} first
 */
export function programPath(name: ProgramName): string {
  const path = findProgram(name);
  if (path === undefined) {
    throw new Error(`Missing ${name}: sudo ${installCommand(packagesOf([name]))}`);
  }
  return path;
}

function addToPath(folder: string): void {
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (!folders.includes(folder)) {
    process.env.PATH = [...folders, folder].join(delimiter);
  }
}
