import { holdsAddress } from "../proxy/variables.js";
import { endpointOf } from "../workspace/proxies.js";
import type { ProbeContext } from "./context.js";

/** A proxy of this host, as cntlm listens there or the files name it. */
export interface LocalEndpoint {
  readonly host: string;
  readonly port: number;
  /** The names of the files that have it, each once. */
  readonly users: readonly string[];
}

/** @param docker0 its address on this machine */
export function localEndpoints(
  { chain, options, nameOf }: Pick<ProbeContext, "chain" | "options" | "nameOf">,
  docker0: string | undefined,
): readonly LocalEndpoint[] {
  const found = new Map<string, { host: string; port: number; users: Set<string> }>();
  const add = (host: string, port: number, user: string) => {
    const key = `${host}:${port}`;
    const entry = found.get(key) ?? { host, port, users: new Set<string>() };
    entry.users.add(user);
    found.set(key, entry);
  };
  for (const { listens, document } of chain.cntlms)
    for (const { host, port } of listens) add(host, port, nameOf(document));
  // What the setting calls docker0 is meant to be it, though the machine says otherwise.
  const names = { chain, docker0: [options.docker0Address, ...(docker0 === undefined ? [] : [docker0])] };
  for (const { environment, container } of chain.hops) {
    for (const { assignment, document } of environment.given) {
      const { variable, value, dropped, external } = assignment;
      if (!variable || !holdsAddress(variable) || dropped || external) continue;
      const endpoint = endpointOf(value, container, names);
      if (endpoint?.local) add(endpoint.host, endpoint.port, nameOf(document));
    }
  }
  return [...found.values()].map(({ host, port, users }) => ({ host, port, users: [...users] }));
}
