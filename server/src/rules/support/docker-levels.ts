import { daemonProxyKeys, endpointKeys, foldName } from "../../formats/docker-json/keys.js";
import type { JsonProperty } from "../../formats/docker-json/node.js";
import type { DockerJsonTree } from "../../formats/docker-json/tree.js";
import { nameIn, type ProxyVariable, proxyVariables } from "../../proxy/variables.js";

/** The variable that a proxy key of either file stands for: `httpProxy` of config.json, `http-proxy` of daemon.json. */
export function variableOfKey(name: string): ProxyVariable | undefined {
  const folded = foldName(name);
  return proxyVariables.find(
    (variable) =>
      nameIn(variable, "daemon-key") === folded || foldName(nameIn(variable, "client-key") ?? "") === folded,
  );
}

/** Whether a key is the other file's, or stands on another level than its own: `docker-json-level` tells of it. */
export function isOtherLevel(property: JsonProperty, tree: DockerJsonTree): boolean {
  const name = property.key.text;
  const top = tree.keys.includes(property);
  const inProxies = tree.proxies.some(({ value }) => value === property.parent);
  if (tree.kind === "daemon") {
    if (inProxies)
      return name === "default" || (variableOfKey(name) !== undefined && !Object.hasOwn(daemonProxyKeys, name));
    return top && variableOfKey(name) !== undefined;
  }
  if (inProxies || top) return variableOfKey(name) !== undefined;
  const own = Object.keys(endpointKeys).map(foldName).includes(foldName(name));
  return !own && variableOfKey(name) !== undefined;
}
