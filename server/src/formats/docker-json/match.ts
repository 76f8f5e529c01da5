import { baseName, pathOf } from "../../text/uri.js";
import { clientKeys, daemonKeys, daemonOptionsWithoutEffect, foldName } from "./keys.js";
import type { DockerJsonKind } from "./tree.js";

/** Names that config.json and daemon.json have, and copies of them among the files of an installer. */
export const fileNames: readonly RegExp[] = [
  /(?:^|\/)(?:[\w-]+\.)?config\.json(?:\.[\w-]+)?$/i,
  /(?:^|\/)[\w.-]*daemon[\w.-]*\.json(?:\.[\w-]+)?$/i,
  /(?:^|\/)[\w.-]*docker[\w.-]*\.json(?:\.[\w-]+)?$/i,
];

/** How much of a file its top-level keys are looked for in. */
const lookedAt = 65_536;

/** config.json and daemon.json are names of many programs' files: without Docker's folder the content decides. */
export function matchDockerJson(uri: string, text: string): boolean {
  const path = pathOf(uri);
  if (certainKind(path)) return true;
  if (!fileNames.some((name) => name.test(path))) return false;
  const name = baseName(path);
  const keys = topLevelKeys(text);
  const named = /docker/i.test(path);
  if (/daemon/i.test(name))
    return isDaemons(keys) || (named && keys.length > 0 && keys.every((key) => daemonNames.has(key)));
  return isClients(keys) || (named && isDaemons(keys));
}

/** Which of the two files it is: by its path, and by its content where the path says nothing. */
export function kindOf(uri: string, text: string): DockerJsonKind {
  const path = pathOf(uri);
  const certain = certainKind(path);
  if (certain) return certain;
  if (/daemon/i.test(baseName(path))) return "daemon";
  const keys = topLevelKeys(text);
  return isDaemons(keys) && !isClients(keys) ? "daemon" : "client";
}

function certainKind(path: string): DockerJsonKind | undefined {
  if (/(?:^|\/)\.docker\/config\.json$/.test(path)) return "client";
  if (/(?:^|\/)\.?docker\/(?:config\/)?daemon\.json$/.test(path)) return "daemon";
  return undefined;
}

const clientNames = new Set(Object.keys(clientKeys).map(foldName));
const daemonNames = new Set([...Object.keys(daemonKeys), ...daemonOptionsWithoutEffect]);
/** Names that other programs' files have as well. */
const common = new Set(["plugins", "aliases", "features", "experimental", "debug", "hosts", "group", "proxies", "dns"]);

function isClients(keys: readonly string[]): boolean {
  const folded = keys.map(foldName);
  return folded.every((key) => clientNames.has(key)) && folded.some((key) => key === "proxies" || !common.has(key));
}

/** Most keys are dockerd's (one may be mistyped), and one is nobody else's. */
function isDaemons(keys: readonly string[]): boolean {
  const known = keys.filter((key) => daemonNames.has(key));
  return known.length >= Math.max(1, keys.length - 1) && known.some((key) => !common.has(key));
}

/** The keys of the root object, as far as a look at the brackets and quotes tells; strings are not decoded. */
function topLevelKeys(text: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  const token = /"((?:[^"\\\n]|\\.)*)"(\s*:)?|[[\]{}]/g;
  const head = text.slice(0, lookedAt);
  for (let match = token.exec(head); match; match = token.exec(head)) {
    const [whole, name, colon] = match;
    if (whole === "{" || whole === "[") depth++;
    else if (whole === "}" || whole === "]") depth--;
    else if (depth === 1 && colon !== undefined && name !== undefined) keys.push(name);
  }
  return keys;
}
