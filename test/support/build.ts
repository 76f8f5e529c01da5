import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "../../scripts/lib/paths.mjs";

/** Why the bundles are not what the sources say; empty where they are. */
declare module "vitest" {
  interface ProvidedContext {
    buildProblem: string;
  }
}

const inputs = ["client/src", "server/src", "l10n", "scripts/build.mjs", "package.json", "package-lock.json"];
const outputs = ["cli.js", "cli.main.js", "server.js", "server.main.js", "server.browser.js"];

/** The tests of the command line and of the protocol run the bundles: they are built anew where a source is younger. */
export default function setup(project: TestProject): void {
  project.provide("buildProblem", isStale() ? build() : "");
}

function build(): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], {
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout + stderr;
}

function isStale(): boolean {
  const built = outputs.map((name) => statSync(join(root, "dist", name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...inputs.map((name) => youngest(join(root, name)))) >= Math.min(...built);
}

function youngest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const below = readdirSync(path, { recursive: true, encoding: "utf8" });
  return Math.max(stats.mtimeMs, ...below.map((name) => statSync(join(path, name)).mtimeMs));
}
