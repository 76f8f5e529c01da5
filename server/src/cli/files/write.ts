import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file that was not written and is as it was; the message is one line without the file's name. */
export class UnwritableError extends Error {}

/**
 * Puts a text in the place of another in a file, whole or not at all: through a new file beside it and a rename.
 * Mode and owner stay; of a symbolic link the target is written.
 * @param before what was read: a file that has changed since is left alone
 * @returns how many other names (hard links) the file has, which keep the text before
 * @throws {UnwritableError}
 */
export function replaceText(path: string, before: string, after: string): number {
  try {
    const target = realpathSync(path);
    if (!readFileSync(target).equals(Buffer.from(before))) {
      throw new UnwritableError("is not UTF-8 or has changed meanwhile, and is left as it is");
    }
    const stats = statSync(target);
    putInPlace(target, after, stats);
    return stats.nlink - 1;
  } catch (error) {
    throw unwritable(error);
  }
}

/**
 * Makes a file, or puts a text in the place of all that is in it: a write that fails loses nothing. What is no regular
 * file, such as a pipe, is written to.
 * @throws {UnwritableError}
 */
export function writeWhole(path: string, text: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) putInPlace(realpathSync(path), text, stats);
    else writeFileSync(path, text);
  } catch (error) {
    throw unwritable(error);
  }
}

function putInPlace(target: string, text: string, stats: Stats): void {
  const temporary = join(dirname(target), temporaryName(basename(target)));
  try {
    writeNew(temporary, text, stats);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function unwritable(error: unknown): UnwritableError {
  if (error instanceof UnwritableError) return error;
  return new UnwritableError(`cannot be written: ${error instanceof Error ? error.message : String(error)}`);
}

/** Says who writes it, so that what an interrupted process leaves is known for that. */
function temporaryName(name: string): string {
  return `.${name}.${process.pid}-${randomBytes(6).toString("hex")}.runner-proxy`;
}

const leftover = /^\..+\.(\d+)-[0-9a-f]{12}\.runner-proxy$/;

/** Removes what processes that have ended left beside files: they were interrupted between a new file and its rename. */
export function removeLeftovers(paths: readonly string[]): void {
  for (const folder of new Set(paths.map(folderOf))) {
    if (folder === undefined) continue;
    for (const name of namesIn(folder)) {
      const [, pid] = leftover.exec(name) ?? [];
      if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  }
}

function folderOf(path: string): string | undefined {
  try {
    return dirname(realpathSync(path));
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs as someone else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Private until it has its owner, since the text may hold secrets. */
function writeNew(path: string, text: string, { uid, gid, mode }: Stats): void {
  const file = openSync(path, "wx", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    keepOwner(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    throw new UnwritableError("belongs to someone else, and its owner could not be kept: run as its owner or as root");
  }
}
