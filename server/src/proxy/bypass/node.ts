import { splitAt } from "./list.js";
import { isIpv6, normalHost, type Target } from "./target.js";
import { firstMatch, isBelow, type Verdict, whole } from "./verdict.js";

/** An entry ends in a port where digits follow its last colon; 0 is no port. */
function splitPort(entry: string): { host: string; port: number } {
  const [, host = entry, digits = "0"] = /^(.+):(\d+)$/.exec(entry) ?? [];
  return { host, port: Number(digits) };
}

/** The host as WHATWG URLs have it. */
function urlHost(target: Target): string {
  return isIpv6(target) ? `[${normalHost(target)}]` : normalHost(target);
}

/** undici's EnvHttpProxyAgent (7.30.2): commas and blanks separate; a leading `.` or `*.` is dropped. */
export function undici(target: Target, list: string): Verdict {
  if (list === "*") return whole(list);
  const host = urlHost(target);
  return firstMatch(splitAt(list, /[,\s]/), (text) => {
    const entry = splitPort(text);
    const name = entry.host.replace(/^\*?\./, "").toLowerCase();
    return text !== "" && (entry.port === 0 || entry.port === target.port) && isBelow(host, name);
  });
}

/** proxy-from-env (2.1.0): a name covers itself alone; one that begins with `.` or `*` covers what ends in the rest. */
export function proxyFromEnv(target: Target, list: string): Verdict {
  if (list === "*") return whole(list);
  const host = urlHost(target);
  return firstMatch(splitAt(list, /[,\s]/), (text) => {
    const { host: name, port } = splitPort(text.toLowerCase());
    if (text === "" || (port !== 0 && port !== target.port)) return false;
    if (!/^[.*]/.test(name)) return host === name;
    return host.endsWith(name.startsWith("*") ? name.slice(1) : name);
  });
}
