import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type CheckRequest, check } from "../../server/src/probe/check.js";
import type { Clock } from "../../server/src/probe/context.js";
import { type WordedResult, worded } from "../../server/src/probe/report/worded.js";
import type { StepId } from "../../server/src/probe/result.js";
import { createService, defaultOptions, type EngineOptions } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { Folder } from "../support/cli.js";

/** What the files of a test's host say of the runner. */
export interface RunnerFiles {
  /** GitLab's address. */
  readonly url: string;
  /** The proxy of the runner's service, for both kinds of URL. */
  readonly proxy?: string;
  readonly noProxy?: string;
  readonly caFile?: string;
}

/** The files of a host by their paths, as an administrator would write them. */
export function runnerFiles({ url, proxy, noProxy, caFile }: RunnerFiles): Record<string, string> {
  const environment = [
    ...(proxy === undefined ? [] : [`HTTP_PROXY=${proxy}`, `HTTPS_PROXY=${proxy}`]),
    ...(noProxy === undefined ? [] : [`NO_PROXY=${noProxy}`]),
  ].map((assignment) => `Environment="${assignment.replaceAll("%", "%%")}"\n`);
  return {
    "etc/gitlab-runner/config.toml": [
      "concurrent = 2",
      "",
      "[[runners]]",
      '  name = "build"',
      `  url = "${url}"`,
      '  token = "glrt-t3sT_t0keN-of-n0thing00"',
      ...(caFile === undefined ? [] : [`  tls-ca-file = "${caFile}"`]),
      '  executor = "docker"',
      "  [runners.docker]",
      '    image = "alpine:3.20"',
      "",
    ].join("\n"),
    "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf": `[Service]\n${environment.join("")}`,
  };
}

/** A clock that stands still but for the waits, which pass at once. */
export class TestClock implements Clock {
  readonly waits: number[] = [];
  private time = Date.UTC(2026, 10, 24, 9, 0, 0);

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  async wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
  }
}

/** Checks this machine against the files of a folder. @returns what the step found, in English and redacted */
export async function resultsOf(
  id: StepId,
  folder: Folder,
  request: Partial<CheckRequest> = {},
  options: Partial<EngineOptions> = {},
): Promise<readonly WordedResult[]> {
  const service = createService({ ...defaultOptions, ...options });
  for (const name of readdirSync(folder.path, { recursive: true, encoding: "utf8" })) {
    const path = join(folder.path, name);
    if (statSync(path).isFile()) service.setDocument(path, readFileSync(path, "utf8"));
  }
  const report = await check({
    documents: service.hosts()[0]?.documents ?? [],
    options: service.options,
    nameOf: ({ uri }) => uri.slice(folder.path.length + 1),
    pathOf: ({ uri }) => uri,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...request,
  });
  return worded(report, english).steps.find((step) => step.id === id)?.results ?? [];
}

/** The one thing that the request to GitLab came to. */
export async function requestResult(
  files: RunnerFiles,
  request: Partial<CheckRequest> = {},
  options: Partial<EngineOptions> = {},
): Promise<WordedResult> {
  using folder = new Folder(runnerFiles(files));
  const [result, ...more] = await resultsOf("gitlab", folder, request, options);
  if (!result || more.length > 0) throw new Error(`${1 + more.length} results`);
  return result;
}

/**
 * What runs a command where /etc is the folder's and nothing is reached by network, as somebody without root's rights.
 * Needs `unshare`.
 */
export function elsewhere(folder: Folder): readonly string[] {
  const script = 'mount --bind "$1/etc" /etc; shift; exec setpriv --bounding-set=-all --inh-caps=-all "$@"';
  return ["unshare", "--net", "--mount", "--map-root-user", "sh", "-c", script, "sh", folder.path];
}
