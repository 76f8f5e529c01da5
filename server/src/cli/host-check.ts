import { type CheckReport, check, countOf, type Progress } from "../probe/check.js";
import { usualFiles } from "../probe/places.js";
import { worded } from "../probe/report/worded.js";
import { redact } from "../proxy/redact.js";
import { english } from "../text/message.js";
import { type ExitCode, exitCodes, UsageError } from "./exit.js";
import { loadOptions } from "./files/config.js";
import { loadProject, type Project } from "./files/project.js";
import type { FileOptions } from "./options.js";
import { checkAsJson, checkAsText } from "./reporters/check.js";
import { openTerminal, type Terminal } from "./terminal.js";

/** The options of `check`, as given. */
export interface CheckOptions extends FileOptions {
  readonly format: "pretty" | "json";
  readonly timeout: string;
}

/** Runs the live checks and prints what they found. @param given paths; none: the usual places of a host */
export async function checkHost(given: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const terminal = openTerminal(options.color);
  const { config, stdinPath, quiet = false } = options;
  const limit = milliseconds(options.timeout);
  const paths = given.length > 0 ? given : await usualPaths();
  const settings = loadOptions(config, paths[0] ?? ".", terminal);
  // Of the usual files some say nothing of a proxy, which is not worth a word.
  const project = loadProject({ paths, stdinPath, options: settings, quiet: quiet || given.length === 0 }, terminal);
  const report = await untilInterrupted((signal) => checkProject(project, limit, signal, quiet ? undefined : terminal));
  if (report === undefined) {
    terminal.note("Cancelled");
    return exitCodes.failed;
  }
  const told = worded(report, english);
  terminal.print(options.format === "json" ? checkAsJson(told) : checkAsText(told, terminal.colors, quiet));
  if (project.incomplete) return exitCodes.failed;
  return countOf(report, "problem") > 0 ? exitCodes.findings : exitCodes.clean;
}

/** Those that may not be read are told when that is tried. */
async function usualPaths(): Promise<readonly string[]> {
  const { readable, denied } = await usualFiles();
  return [...readable, ...denied];
}

/** @throws {UsageError} */
function milliseconds(seconds: string): number {
  const limit = Number(seconds) * 1000;
  if (!(limit > 0 && limit <= 86_400_000)) throw new UsageError("--timeout takes seconds, up to 86400");
  return limit;
}

/** @param terminal is told what is done; undefined: nothing */
function checkProject(
  { service, files }: Project,
  limit: number,
  signal: AbortSignal,
  terminal: Terminal | undefined,
): Promise<CheckReport> {
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  const stdin = new Set(files.filter((file) => file.stdin).map(({ uri }) => uri));
  const hosts = service.hosts();
  if (hosts.length > 1) {
    const roots = hosts.map(({ root }) => (root === "" ? "files without a host" : root));
    throw new UsageError(`the files are of several hosts, and this machine is one: ${roots.join(", ")}`);
  }
  return check({
    documents: hosts[0]?.documents ?? [],
    options: service.options,
    nameOf: ({ uri }) => names.get(uri) ?? uri,
    pathOf: ({ uri }) => (stdin.has(uri) ? undefined : uri),
    signal,
    progress: (progress) => terminal?.note(lineOf(progress)),
    limits: { repetitions: limit, request: Math.min(limit, 20_000) },
  });
}

function lineOf(progress: Progress): string {
  switch (progress.kind) {
    case "step":
      return `${english(progress.title)} …`;
    case "command":
      return redact(`$ ${progress.line}`);
    case "note":
      return redact(english(progress.message));
  }
}

/** @returns undefined where the user ended it by Ctrl-C */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.on("SIGINT", interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off("SIGINT", interrupt);
  }
}
