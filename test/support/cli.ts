import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, inject } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

/** The bundle that is shipped. @throws where it could not be built from the sources */
export function bundle(name: "cli.js" | "server.js" | "server.browser.js"): string {
  const problem = inject("buildProblem");
  if (problem !== "") throw new Error(problem);
  return join(root, "dist", name);
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliCall {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user where the tests run as root, to whom every file is open. */
  readonly user?: "nobody";
}

/** The number of the user nobody on Linux. */
export const nobody = 65534;

/** Runs the command line to its end. */
export function runCli(args: readonly string[], { cwd = root, input = "", env = {}, user }: CliCall = {}): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle("cli.js"), ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, ...env },
    ...(user && process.getuid?.() === 0 && { uid: nobody, gid: nobody }),
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** A folder with files of the test's own, gone after it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "runner-proxy-"));

  /** @param files texts by path below the folder */
  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    chmodSync(this.path, 0o755);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  join(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string | Buffer): string {
    const path = this.join(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The findings that `--format json` printed. */
export function findingsOf(result: CliResult): readonly JsonFinding[] {
  const parsed: unknown = JSON.parse(result.stdout);
  expect(parsed).toMatchObject({ version: 1, files: expect.any(Number), findings: expect.any(Array) });
  return (parsed as { findings: JsonFinding[] }).findings;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly range: { start: { line: number; character: number }; end: { line: number; character: number } };
  readonly message: string;
  readonly docs: string;
  readonly fixable: boolean;
}
