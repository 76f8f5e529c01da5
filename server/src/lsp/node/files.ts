import { constants } from "node:fs";
import { access, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { globMatches } from "../../text/glob.js";
import { type FileAccess, fileLimit, sizeLimit } from "../files.js";

/** Folders that hold copies of other people's files, or none at all. */
const skippedNames = new Set(["node_modules", ".git", ".hg", ".svn"]);
const skippedPaths = new Set(["/proc", "/sys", "/dev"]);

/** A workspace whose files are not counted in hundreds of thousands of folders. */
const folderLimit = 20_000;

/** The files of this machine. Links are not followed: an editor shows them where they lie. */
export const nodeFiles: FileAccess = {
  async find(folders, patterns) {
    const found: string[] = [];
    for (const folder of folders) {
      const path = pathOfFile(folder);
      if (path !== undefined) await search(path, patterns, found);
    }
    return found;
  },
  async read(uri) {
    const path = pathOfFile(uri);
    if (path === undefined) return undefined;
    try {
      const stats = await stat(path);
      if (!stats.isFile() || stats.size > sizeLimit) return undefined;
      const bytes = await readFile(path);
      return bytes.includes(0) ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined;
    }
  },
  async canWrite(uri) {
    const path = pathOfFile(uri);
    return path === undefined || (await writable(path));
  },
};

/** What is missing is made in the nearest folder above that is there. */
async function writable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing && dirname(path) !== path && (await writable(dirname(path)));
  }
}

function pathOfFile(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

async function search(root: string, patterns: readonly string[], found: string[]): Promise<void> {
  const queue = [root];
  let visited = 0;
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    if (found.length >= fileLimit || ++visited > folderLimit) return;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skippedNames.has(entry.name) && !skippedPaths.has(path)) queue.push(path);
      if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      const below = relative(root, path).split(sep).join("/");
      if (patterns.some((pattern) => globMatches(pattern, below))) found.push(pathToFileURL(path).href);
    }
  }
}
