import { fileURLToPath, pathToFileURL } from "node:url";
import { type CancellationToken, ProgressType, RequestType } from "vscode-languageserver";
import type { CheckReport, Progress } from "../../probe/check.js";
import { check, countOf, markdown, resultMarkdown, usualFiles, worded } from "../../probe/index.js";
import {
  type CheckHostParams,
  type CheckHostResult,
  type CheckProgress,
  isCheckHostParams,
  methods,
} from "../../protocol.js";
import { redact } from "../../proxy/redact.js";
import { createService, type Service } from "../../service.js";
import { type Localize, msg } from "../../text/message.js";
import { pathOf } from "../../text/uri.js";
import type { Document } from "../../workspace/document.js";
import type { HostCheck, HostCheckSession } from "../host-check.js";
import { nodeFiles } from "./files.js";

const request = new RequestType<CheckHostParams, CheckHostResult, void>(methods.checkHost);
const progressType = new ProgressType<CheckProgress>();

/** Looks at the machine that the server runs on, when the client asks. One that asks in an untrusted workspace is to blame itself. */
export const nodeHostCheck: HostCheck = (session) => {
  session.connection.onRequest(request, async (params, token) => {
    if (!isCheckHostParams(params)) return { problem: session.localize(msg("The request is none that is known.")) };
    await session.scanned();
    const files = await filesFor(session.service, params.uri);
    if (!files) {
      return { problem: session.localize(msg("The files are of several hosts: open one of the host to be checked.")) };
    }
    return checkFiles(session, files, params, token);
  });
};

async function checkFiles(
  { connection, service, localize }: HostCheckSession,
  { documents, denied }: HostFiles,
  { remote, progressToken, steps }: CheckHostParams,
  token: CancellationToken,
): Promise<CheckHostResult> {
  const progress = (step: Progress) => {
    const told = progressOf(step, localize);
    if (told.step === undefined) connection.console.info(step.kind === "command" ? `$ ${told.text}` : told.text);
    if (progressToken !== undefined) void connection.sendProgress(progressType, progressToken, told);
  };
  const controller = new AbortController();
  const cancelled = token.onCancellationRequested(() => controller.abort());
  let report: CheckReport;
  try {
    report = await check({
      documents,
      denied,
      options: service.options,
      nameOf: ({ uri }) => pathOf(uri),
      pathOf: ({ uri }) => localPath(uri),
      signal: controller.signal,
      progress,
      ...(remote !== undefined && { remote }),
      ...(steps && { only: new Set(steps) }),
    });
  } catch (error) {
    if (controller.signal.aborted) return { cancelled: true };
    throw error;
  } finally {
    cancelled.dispose();
  }
  const told = worded(report, localize);
  return {
    markdown: markdown(told, localize),
    where: told.where,
    steps: told.steps.map(({ id, title, results }) => ({
      id,
      title,
      results: results.map((result) => ({
        verdict: result.verdict,
        message: result.message,
        markdown: resultMarkdown(result, localize),
      })),
    })),
    problems: countOf(report, "problem"),
    unknown: countOf(report, "unknown"),
  };
}

function progressOf(step: Progress, localize: Localize): CheckProgress {
  switch (step.kind) {
    case "step":
      return { text: localize(step.title), step: step.id, done: step.done, total: step.total };
    case "command":
      return { text: redact(step.line) };
    case "note":
      return { text: redact(localize(step.message)) };
  }
}

/** The files of a host, and those that the user may not read. */
interface HostFiles {
  readonly documents: readonly Document[];
  readonly denied: readonly string[];
}

/** Those of the host that the user means; the usual ones, where the workspace has none. undefined: of several. */
async function filesFor(service: Service, uri: string | undefined): Promise<HostFiles | undefined> {
  if (uri !== undefined && service.document(uri)) return { documents: service.host(uri), denied: [] };
  const [first, second] = service.hosts();
  if (second) return undefined;
  return first ? { documents: first.documents, denied: [] } : usualHost(service);
}

async function usualHost(service: Service): Promise<HostFiles> {
  const own = createService(service.options);
  const { readable, denied } = await usualFiles();
  for (const uri of readable.map((path) => pathToFileURL(path).href)) {
    const text = await nodeFiles.read(uri);
    if (text !== undefined) own.setDocument(uri, text);
  }
  return { documents: own.uris().flatMap((uri) => own.document(uri) ?? []), denied };
}

function localPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
