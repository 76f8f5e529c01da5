import { execFileSync } from "node:child_process";
import type { Dialect } from "../../server/src/quoting/shell.js";

const programs: Readonly<Record<Dialect, readonly [string, ...string[]]>> = {
  dash: ["dash"],
  bash: ["bash", "--norc"],
  busybox: ["busybox", "ash"],
};

/** The command that ends each case of a batch. */
export const endOfCase = "printf '<<end>>'\n";

/**
 * Runs a script in a real shell and gives what it printed, cut where a case of the batch ended with {@link endOfCase}.
 * Bytes that are no UTF-8 come as U+FFFD.
 */
export function runShell(dialect: Dialect, script: string, environment: Record<string, string> = {}): string[] {
  const [program, ...args] = programs[dialect];
  const output = execFileSync(program, args, {
    input: script,
    cwd: "/",
    env: { PATH: process.env.PATH ?? "", HOME: "/home/me", LC_ALL: "C.UTF-8", ...environment },
    stdio: ["pipe", "pipe", "ignore"],
    maxBuffer: 1 << 28,
  });
  return output.toString("utf8").split("<<end>>").slice(0, -1);
}
