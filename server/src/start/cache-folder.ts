import { lstatSync, mkdirSync, type Stats, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { crc32 } from "node:zlib";

/** Set to anything, code is compiled anew at each start, and nothing is written. */
const off = "RUNNER_PROXY_NO_CACHE";

/**
 * The folder where compiled code is kept: `runner-proxy/compiled` in `$XDG_CACHE_HOME`, or else in `~/.cache`. What lies
 * there is run, so it must be a folder that this user alone can change.
 * @param make makes the folder where it is missing, in a folder of this user
 * @returns undefined where there is none, on systems without users' numbers, and before Node 20.15, which has no checksums
 */
export function cacheFolder(make: boolean): string | undefined {
  const user = process.getuid?.();
  if (user === undefined || process.env[off] || typeof crc32 !== "function") return undefined;
  try {
    const all = parentFolder();
    const ours = join(all, "runner-proxy");
    const folder = join(ours, "compiled");
    if (make) for (const path of [all, ours, folder]) makeOwn(path, user);
    const safe =
      [all, ours].every((path) => isOwn(statSync(path), user, 0o002)) && isOwn(lstatSync(folder), user, 0o077);
    return safe ? folder : undefined;
  } catch {
    return undefined;
  }
}

function parentFolder(): string {
  const { XDG_CACHE_HOME: given } = process.env;
  return given !== undefined && isAbsolute(given) ? given : join(homedir(), ".cache");
}

/** In the home of another user, which is root's own under some `sudo`, nothing is made. */
function makeOwn(folder: string, user: number): void {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined && isOwn(statSync(dirname(folder)), user, 0o002)) {
    mkdirSync(folder, { mode: 0o700 });
  }
}

/** @param others permission bits that must not be set */
function isOwn(stats: Stats, user: number, others: number): boolean {
  return stats.isDirectory() && stats.uid === user && (stats.mode & others) === 0;
}
