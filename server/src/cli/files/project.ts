import { resolve } from "node:path";
import { isCandidate } from "../../features/candidates.js";
import { createService, type EngineOptions, type Service } from "../../service.js";
import { UsageError } from "../exit.js";
import type { Terminal } from "../terminal.js";
import { isFolder, readText, UnreadableError } from "./read.js";
import { findFiles } from "./search.js";

/** A file of the five formats. */
export interface ProjectFile {
  /** As given on the command line, or below the folder given. */
  readonly name: string;
  /** The absolute path, under which the service knows it. */
  readonly uri: string;
  /** As it was read. */
  readonly text: string;
  /** It came through standard input. */
  readonly stdin: boolean;
}

/** The files of one call: they are checked together. */
export interface Project {
  readonly service: Service;
  readonly files: readonly ProjectFile[];
  /** Something that was asked for could not be read; the terminal has been told. */
  readonly incomplete: boolean;
}

export interface ProjectRequest {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
  /** What standard input is to be taken for. */
  readonly stdinPath: string | undefined;
  readonly options: EngineOptions;
  /** No notes beside what could not be read. */
  readonly quiet: boolean;
}

/** @throws {UsageError} */
export function loadProject(request: ProjectRequest, terminal: Terminal): Project {
  if (request.stdinPath !== undefined && !request.paths.includes("-")) {
    throw new UsageError("--stdin-path names standard input, which is -: runner-proxy lint - --stdin-path PATH");
  }
  const service = createService(request.options);
  const files = new Map<string, ProjectFile>();
  let incomplete = false;
  const fail = (name: string, reason: string) => {
    incomplete = true;
    terminal.note(`${name} ${reason}`);
  };
  const remark = (name: string, reason: string) => {
    if (!request.quiet) terminal.note(`${name} ${reason}`);
  };

  const addText = (name: string, text: string, asked: boolean, stdin: boolean) => {
    const uri = resolve(name);
    if (service.setDocument(uri, text)) files.set(uri, { name, uri, text, stdin });
    else if (asked) remark(name, "is of none of the five formats; the setting runnerProxy.files can name one");
  };
  const addFile = (name: string, asked: boolean, source: string | 0 = name) => {
    if (files.has(resolve(name))) return;
    try {
      addText(name, readText(source), asked, source === 0);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      fail(name, error.message);
    }
  };
  const addFolder = (name: string) => {
    const found = findFiles(name, (path) => isCandidate(resolve(path), request.options));
    for (const { path, reason, harmless } of found.problems) (harmless ? remark : fail)(path, reason);
    for (const [i, file] of found.files.entries()) {
      addFile(file, false);
      terminal.progress.report("read", i + 1, found.files.length);
    }
  };

  for (const path of request.paths) {
    if (path === "-") addFile(request.stdinPath ?? "-", true, 0);
    else if (isFolder(path)) addFolder(path);
    else addFile(path, true);
  }
  return { service, files: [...files.values()], incomplete };
}
