/** The path of a URI or of a plain path, percent-decoded, with `/` as separator and without query and fragment. */
export function pathOf(uri: string): string {
  const match = /^[a-z][a-z\d+.-]+:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(uri);
  const found = match?.[1] ?? uri;
  const path = found.includes("\\") ? found.replace(/\\/g, "/") : found;
  if (!match || !path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path without its last segment and separator. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
