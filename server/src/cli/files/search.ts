import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { reasonOf } from "./read.js";

/** Folders that hold copies of other people's files. */
const skipped = new Set(["node_modules", ".git", ".hg", ".svn"]);

/** Something below a folder that was not read. */
export interface SearchProblem {
  readonly path: string;
  readonly reason: string;
  /** A link back to a folder above: what it leads to is read all the same. */
  readonly harmless: boolean;
}

/**
 * The files below a folder, hidden ones included, in the order of their names. Links are followed; a folder that is
 * reached twice is read once.
 * @param folder as given; the paths returned begin with it
 * @param wanted whether a file may be one of the five formats, by its path
 */
export function findFiles(
  folder: string,
  wanted: (path: string) => boolean,
): { files: readonly string[]; problems: readonly SearchProblem[] } {
  const files: string[] = [];
  const problems: SearchProblem[] = [];
  const seen = new Set<string>();
  const queue = [{ path: folder, real: realpathSync(folder) }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { path, real } = next;
    if (seen.has(real)) continue;
    seen.add(real);
    const found = list(path, problems);
    const below: typeof queue = [];
    for (const entry of found) {
      const child = join(path, entry.name);
      const kind = entry.isSymbolicLink() ? kindOfTarget(child, wanted, problems) : kindOf(entry);
      if (kind === "file" && wanted(child)) files.push(child);
      if (kind !== "folder" || skipped.has(entry.name)) continue;
      const childReal = entry.isSymbolicLink() ? realpathSync(child) : join(real, entry.name);
      if (isWithin(real, childReal))
        problems.push({ path: child, reason: "is a link to a folder above it", harmless: true });
      else below.push({ path: child, real: childReal });
    }
    queue.push(...below.reverse());
  }
  return { files: files.sort(), problems };
}

function list(path: string, problems: SearchProblem[]): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ path, reason: reasonOf(error), harmless: false });
    return [];
  }
}

type Kind = "file" | "folder" | "other";

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): Kind {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "other";
}

/** A link that leads nowhere is worth a word only under a name that would have been read. */
function kindOfTarget(path: string, wanted: (path: string) => boolean, problems: SearchProblem[]): Kind {
  try {
    return kindOf(statSync(path));
  } catch (error) {
    if (wanted(path)) problems.push({ path, reason: reasonOf(error), harmless: false });
    return "other";
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
