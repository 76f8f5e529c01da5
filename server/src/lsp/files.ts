import type { Connection } from "vscode-languageserver";
import {
  type CanWriteParams,
  type CanWriteResult,
  type FindFilesParams,
  type FindFilesResult,
  methods,
  type ReadFileParams,
  type ReadFileResult,
} from "../protocol.js";
import { globMatches } from "../text/glob.js";
import { pathOf } from "../text/uri.js";

/** Access to files that are not open, however the server comes by it. Nothing here throws; what fails is left out. */
export interface FileAccess {
  /**
   * @param folders URIs of the workspace's folders
   * @param patterns globs, relative to the folders, that leave out most of what is not wanted
   * @returns URIs
   */
  find(folders: readonly string[], patterns: readonly string[]): Promise<readonly string[]>;
  /** The text of a file; undefined where it is missing, not readable or too large. */
  read(uri: string): Promise<string | undefined>;
  /** Whether a file can be written, or made where there is none; true where that is not known. */
  canWrite(uri: string): Promise<boolean>;
}

/** Workspaces with more files of the five formats than this are checked in part. */
export const fileLimit = 5000;

/** Far above any file of the five formats, in bytes. */
export const sizeLimit = 10 * 1024 * 1024;

/**
 * The files of a workspace, wherever it lies, by way of a client that serves them.
 * @param own knows more of what can be written on this machine
 */
export function clientFiles(connection: Connection, own: FileAccess): FileAccess {
  return {
    async find(_folders, patterns) {
      try {
        const params: FindFilesParams = { include: patterns, limit: fileLimit };
        const { uris } = await connection.sendRequest<FindFilesResult>(methods.findFiles, params);
        return uris.filter((uri) => patterns.some((pattern) => globMatches(pattern, pathOf(uri))));
      } catch {
        return [];
      }
    },
    async read(uri) {
      try {
        const params: ReadFileParams = { uri, limit: sizeLimit };
        const { text } = await connection.sendRequest<ReadFileResult>(methods.readFile, params);
        return text ?? undefined;
      } catch {
        return undefined;
      }
    },
    async canWrite(uri) {
      try {
        const params: CanWriteParams = { uri };
        const { canWrite } = await connection.sendRequest<CanWriteResult>(methods.canWrite, params);
        return canWrite && (await own.canWrite(uri));
      } catch {
        return true;
      }
    },
  };
}

/** Of an editor that shows only what is open. */
export const noFiles: FileAccess = {
  find: async () => [],
  read: async () => undefined,
  canWrite: async () => true,
};
