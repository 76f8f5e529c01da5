import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export const posixShells = ["dash", "bash", "busybox"] as const;
export type PosixShell = (typeof posixShells)[number];

export interface ScriptRun {
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What .docker/config.json holds before. */
  readonly before?: string;
}

export interface Outcome {
  /** Text of .docker/config.json afterwards; undefined if there is none. */
  readonly config: string | undefined;
  readonly status: number;
  /** Whether the script made a file named `after`. */
  readonly after: boolean;
}

/**
 * Runs scripts as the runner does, with `set -e`, each in a home of its own, all in one process of the shell.
 * busybox brings its own mkdir, sed and tr.
 */
export function runScripts(shell: PosixShell, runs: readonly ScriptRun[]): readonly Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), "dind-"));
  try {
    const applets = join(folder, "bin");
    mkdirSync(applets);
    if (shell === "busybox") {
      spawnSync("busybox", ["--install", "-s", applets]);
      // No applet, but a program that images bring along.
      const jq = (process.env.PATH ?? "")
        .split(delimiter)
        .map((path) => join(path, "jq"))
        .find(existsSync);
      if (jq !== undefined) symlinkSync(jq, join(applets, "jq"));
    }
    const lines = [shell === "busybox" ? `PATH=${applets}` : ":"];
    runs.forEach((run, index) => {
      const home = join(folder, `home ${index}`);
      mkdirSync(join(home, ...(run.before === undefined ? [] : [".docker"])), { recursive: true });
      if (run.before !== undefined) writeFileSync(join(home, ".docker/config.json"), run.before);
      writeFileSync(join(home, "script"), run.script);
      const variables = Object.entries({ HOME: home, ...run.environment });
      lines.push(
        `( ${variables.map(([name, value]) => `export ${name}=${quoted(value)}`).join("; ")}`,
        `  cd ${quoted(home)}; set -e; . ./script`,
        `); echo $? > ${quoted(join(home, "status"))}`,
      );
    });
    writeFileSync(join(folder, "all"), lines.join("\n"));
    const command = shell === "busybox" ? ["busybox", "sh"] : [shell];
    const done = spawnSync(command[0] ?? "", [...command.slice(1), join(folder, "all")], { encoding: "utf8" });
    if (done.error) throw done.error;
    return runs.map((_, index) => ({
      config: textOf(join(folder, `home ${index}`, ".docker/config.json")),
      status: Number(textOf(join(folder, `home ${index}`, "status")) ?? Number.NaN),
      after: textOf(join(folder, `home ${index}`, "after")) !== undefined,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
