import { formats } from "../formats/index.js";
import type { EngineOptions } from "../options.js";
import { globMatches } from "../text/glob.js";
import { pathOf } from "../text/uri.js";

/** What editors, and our own fixes, write beside a file for as long as they are at it. */
const transient = /(?:^|\/)(?:\.[^/]+\.(?:sw[a-p]|runner-proxy)|[^/]+~|#[^/]+#|\.#[^/]+)$/;

/**
 * Whether a search for files should read this one: it may be of one of the five formats by its path, or the settings
 * name it. Its text then decides.
 * @param uri a URI or a path
 */
export function isCandidate(uri: string, options: EngineOptions): boolean {
  const path = pathOf(uri);
  const named = options.files.find(([glob]) => globMatches(glob, path));
  if (named) return named[1] !== "none";
  if (transient.test(path)) return false;
  return formats.some((format) => format.fileNames.some((name) => name.test(path)));
}
