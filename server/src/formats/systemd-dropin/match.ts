import { templateHoles, templateName } from "../../text/template.js";
import { baseName, folderOf, pathOf } from "../../text/uri.js";
import { plainName, unitOf } from "./unit.js";

export const systemdFileNames: readonly RegExp[] = [
  /(?:^|\/)systemd\/(?:system|user)\//,
  /\.service\.d\/[^/]+$/,
  /(?:^|\/)etc\/(?:default|sysconfig)\/[^/]+$/,
  /(?:^|\/)etc\/(?:.+\.env|environment)$/,
  /\.service(?:\.[a-z\d]+)?$/i,
  /\.(?:conf|j2|jinja2?|erb|epp|tpl|tmpl|tftpl|template)$/i,
];

/** How much of a file's beginning is looked at. */
const lookedAt = 65_536;

const section = /^[ \t]*\[(?:service|unit|install)\][ \t]*\r?$/im;
const environment = /^[ \t]*(?:\{%[^%\n]*%\}[ \t]*)*Environment(?:File)?[ \t]*=/im;
const proxy = /\b(?:https?|no|all|ftp)_proxy\b/i;

const environmentFile = /(?:^|\/)etc\/(?:(?:default|sysconfig)\/[^/]+|.+\.env|environment)$/;

/** A host's file of variables that a unit's EnvironmentFile= may name, if it has a proxy in it. */
export function isEnvironmentFile(uri: string, text: string): boolean {
  return (
    environmentFile.test(pathOf(uri)) && /^[ \t]*(?:export[ \t]+)?\w*_proxy[ \t]*=/im.test(text.slice(0, lookedAt))
  );
}

/**
 * A drop-in of a service by its folder, a unit file by its name if it has variables or is one of the chain's, a copy of
 * either by what it holds.
 */
export function matchesSystemd(uri: string, text: string): boolean {
  const path = pathOf(uri);
  const name = plainName(baseName(path));
  if (isEnvironmentFile(uri, text)) return true;
  const head = text.slice(0, lookedAt);
  const file = unitOf(uri);
  if (/\.service\.d$/.test(baseName(folderOf(path))) && name.endsWith(".conf")) return true;
  if (/\.service$/.test(name)) {
    if (!section.test(head)) return false;
    return (file.program !== undefined && file.program !== "other") || environment.test(head) || proxy.test(head);
  }
  if (file.read !== undefined) return environment.test(head) || (proxy.test(head) && section.test(head));
  if (!/\.conf$/.test(name) && !templateName(path)) return false;
  if (!beginsAsUnit(head)) return false;
  if (environment.test(head)) return section.test(head) || proxy.test(head);
  // Lines meant for a unit: `export http_proxy=…` under [Service].
  return section.test(head) && proxy.test(head);
}

/** Scripts, cloud-init's data and Butane's YAML may hold whole units: what comes first is not theirs. */
function beginsAsUnit(head: string): boolean {
  const tags = templateHoles(head, { braces: false }).filter(({ kind }) => kind === "control");
  let at = head.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let next = 0; at < head.length; ) {
    const tag = tags[next];
    if (tag && tag.start <= at) {
      at = Math.max(at, tag.end);
      next++;
    } else if (/\s/.test(head[at] ?? "")) {
      at++;
    } else if (
      (head[at] === "#" || head[at] === ";") &&
      !head.startsWith("#!", at) &&
      !head.startsWith("#cloud-", at)
    ) {
      const end = head.indexOf("\n", at);
      at = end < 0 ? head.length : end + 1;
    } else {
      const end = head.indexOf("\n", at);
      return /^(?:\[|(?:export[ \t]+)?[\w-]+[ \t]*=)/.test(head.slice(at, end < 0 ? undefined : end));
    }
  }
  return false;
}
