import { readFileSync, statSync } from "node:fs";

/** Far above any file of the five formats. */
const sizeLimit = 10 * 1024 * 1024;

/** A file that was not read; the message is one line without the file's name. */
export class UnreadableError extends Error {}

/**
 * The text of a file. A byte-order mark stays: some programs mind it.
 * @param path a path, or 0 for standard input
 * @throws {UnreadableError}
 */
export function readText(path: string | 0): string {
  const bytes = readBytes(path);
  if (bytes.length > sizeLimit) throw new UnreadableError(tooLarge(bytes.length));
  if (bytes.includes(0)) throw new UnreadableError("is binary");
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** @throws {UnreadableError} */
function readBytes(path: string | 0): Buffer {
  try {
    if (path !== 0) {
      const stats = statSync(path);
      if (stats.isDirectory()) throw new UnreadableError("is a folder");
      // A pipe (bash's <(…)) has no size; a device such as /dev/zero has no end.
      if (!stats.isFile() && !stats.isFIFO()) throw new UnreadableError("is not a regular file");
      if (stats.size > sizeLimit) throw new UnreadableError(tooLarge(stats.size));
    }
    return readFileSync(path);
  } catch (error) {
    throw error instanceof UnreadableError ? error : new UnreadableError(reasonOf(error));
  }
}

function tooLarge(bytes: number): string {
  return `is too large to be one of the five formats (${Math.round(bytes / 1024 / 1024)} MB)`;
}

/** Whether a path is a folder, as far as that can be told. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Why a call of the operating system failed. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EACCES":
    case "EPERM":
      return "may not be read: permission denied";
    case "ELOOP":
      return "is a loop of links";
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
