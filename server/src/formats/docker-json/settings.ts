import type { Assignment, NamedHost, ProxySettings, Scope } from "../../proxy/settings.js";
import { nameIn, type ProxyVariable, proxyVariables, type Spelling } from "../../proxy/variables.js";
import { foldName } from "./keys.js";
import type { JsonProperty } from "./node.js";
import type { DockerJsonTree } from "./tree.js";

/**
 * Scopes: one an endpoint of config.json that counts, whose values become variables of the containers that this client
 * starts; one for `proxies` of daemon.json, which dockerd itself goes by.
 */
export function dockerJsonSettings(tree: DockerJsonTree): ProxySettings {
  const scopes = tree.kind === "client" ? clientScopes(tree) : daemonScopes(tree);
  return {
    scopes,
    scripts: [],
    services: [],
    hosts: tree.kind === "daemon" ? registries(tree, scopes[0]) : [],
    addresses: [],
  };
}

function clientScopes(tree: DockerJsonTree): readonly Scope[] {
  return (
    tree.endpoints
      // What is no object there is a key on the wrong level, not an endpoint; `null` is one that sets nothing.
      .filter(({ replaced, property: { value } }) => !replaced && /^(?:object|null)$/.test(value?.kind ?? "object"))
      .map((endpoint) => ({
        kind: "docker-client",
        id: `proxies.${endpoint.name.text}`,
        label: endpoint.name.text,
        span: endpoint.property.keySpan,
        readers: ["job"],
        container: true,
        assignments: assignmentsOf(endpoint.properties, "client-key"),
        open: false,
      }))
  );
}

function daemonScopes(tree: DockerJsonTree): readonly Scope[] {
  const proxies = tree.proxies.at(-1);
  if (!proxies) return [];
  return [
    {
      kind: "docker-daemon",
      id: "proxies",
      label: "dockerd",
      span: proxies.keySpan,
      readers: ["dockerd"],
      container: false,
      assignments: assignmentsOf(proxies.value?.properties ?? [], "daemon-key"),
      // The service's environment adds its variables.
      open: true,
    },
  ];
}

const clientVariables = variablesByKey("client-key", foldName);
const daemonVariables = variablesByKey("daemon-key", (name) => name);

function variablesByKey(spelling: Spelling, keyOf: (name: string) => string): ReadonlyMap<string, ProxyVariable> {
  const found = new Map<string, ProxyVariable>();
  for (const variable of proxyVariables) {
    const name = nameIn(variable, spelling);
    if (name !== undefined) found.set(keyOf(name), variable);
  }
  return found;
}

function assignmentsOf(properties: readonly JsonProperty[], spelling: Spelling): readonly Assignment[] {
  const assignments: Assignment[] = [];
  for (const property of properties) {
    const { key, value, span } = property;
    const variable =
      spelling === "daemon-key" ? daemonVariables.get(key.text) : clientVariables.get(foldName(key.text));
    const text = value?.text;
    if (text) assignments.push({ ...(variable && { variable }), spelling, name: key, value: text, span });
    // A list or a number where a string stands: wrong-type tells, and what was meant is not known.
    else if (value && value.kind !== "null" && variable)
      assignments.push({ variable, spelling, name: key, value: key, span, external: true });
  }
  return assignments;
}

/** Registries that dockerd talks to: mirrors, and those it is told to trust. A CIDR block names none. */
function registries(tree: DockerJsonTree, scope: Scope | undefined): readonly NamedHost[] {
  const hosts: NamedHost[] = [];
  for (const key of ["registry-mirrors", "insecure-registries"]) {
    for (const item of tree.root?.property(key)?.value?.items ?? []) {
      const value = item.text;
      if (!value || (key === "insecure-registries" && value.text.includes("/"))) continue;
      hosts.push({ kind: "registry", value, readers: ["dockerd"], ...(scope && { scope }) });
    }
  }
  return hosts;
}
