import type { Target } from "../proxy/bypass/target.js";
import { gitName } from "../shell/facts/git-config.js";
import type { GitProxy } from "./script-effects.js";

/**
 * The setting of git that counts for a request: that of the remote, that of the URL which says most of it, or `http.proxy`
 * (measured with git 2.39.5; git-config(1), `http.<url>.*`). `unknown`: the URL of one that may count is not told in full.
 */
export function gitProxyFor(
  url: string,
  target: Target,
  proxies: readonly GitProxy[],
): GitProxy | "unknown" | undefined {
  let best: GitProxy | undefined;
  let most = -1;
  for (const proxy of proxies) {
    if (proxy.key.hasUnknown()) return "unknown";
    const weight = weightOf(gitName(proxy.key.text), url, target);
    if (weight !== undefined && weight > most) [best, most] = [proxy, weight];
  }
  return best;
}

const wholeHost = 1e6;

/** How much of the request a setting names; undefined where it is about others. */
function weightOf(name: string, url: string, target: Target): number | undefined {
  if (name === "http.proxy") return 0;
  if (name.startsWith("remote.")) return Number.POSITIVE_INFINITY;
  const parts = /^http\.(https?):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?\.proxy$/i.exec(name);
  if (!parts) return undefined;
  const [, scheme = "", host = "", port, path = ""] = parts;
  if (scheme.toLowerCase() !== target.scheme) return undefined;
  if ((port === undefined ? defaultPorts[target.scheme] : Number(port)) !== target.port) return undefined;
  if (!hostMatches(host.replace(/^\[|\]$/g, "").toLowerCase(), target.host.toLowerCase())) return undefined;
  const folder = path.replace(/\/+$/, "");
  return `${pathIn(url)}/`.startsWith(`${folder}/`) ? 1 + host.length * wholeHost + folder.length : undefined;
}

const defaultPorts = { http: 80, https: 443 };

/** `*` stands for one label. */
function hostMatches(pattern: string, host: string): boolean {
  const [labels, others] = [pattern.split("."), host.split(".")];
  return labels.length === others.length && labels.every((label, at) => label === "*" || label === others[at]);
}

function pathIn(url: string): string {
  return /^[^/]*\/\/[^/?#]*([^?#]*)/.exec(url)?.[1]?.replace(/\/+$/, "") ?? "";
}
