import type { AddressVariable, ProxyVariable } from "../proxy/variables.js";
import type { Service } from "../service.js";
import { groupByHost } from "../workspace/hosts.js";
import type { ProxyValues } from "./values.js";

/**
 * What the files of a document's host already say: the proxy that most of them name, else the one that a cntlm.conf
 * listens as, and the longest bypass list. Addresses with credentials are not spread, those of loopback do not serve
 * containers, and what other tools fill in is not known.
 */
export function workspaceValues(service: Service, uri: string): Partial<ProxyValues> {
  const uris = service.uris();
  const groups = groupByHost(uris.includes(uri) ? uris : [...uris, uri]);
  const host = uris.filter((other) => groups.get(other) === groups.get(uri));
  const found = new Map<ProxyVariable, Map<string, number>>();
  let listen: string | undefined;
  for (const file of host) {
    const settings = service.document(file)?.settings;
    for (const { variable, value } of settings?.scopes.flatMap(({ assignments }) => assignments) ?? []) {
      if (!variable || value.hasUnknown() || value.text.trim() === "") continue;
      const counts = found.get(variable) ?? new Map<string, number>();
      found.set(variable, counts.set(value.text, (counts.get(value.text) ?? 0) + 1));
    }
    for (const { role, value } of settings?.addresses ?? []) {
      const address = /^([\d.]+):(\d+)$/.exec(value.text);
      if (role === "listen" && address && reachable(`http://${value.text}`)) listen ??= value.text;
    }
  }
  const address = (variable: AddressVariable) => mostFrequent(found.get(variable), reachable);
  const http = address("http_proxy") ?? address("https_proxy") ?? (listen && `http://${listen}`);
  const https = address("https_proxy") ?? http;
  const lists = [...(found.get("no_proxy")?.keys() ?? [])].filter((list) => /^[^\s"'`]+$/.test(list));
  const list = lists.sort((a, b) => b.length - a.length)[0];
  const domains = service.options.internalDomains;
  const bypass = list !== undefined || domains.length > 0 ? unite(list ?? "", domains) : undefined;
  return {
    ...(http && { httpProxy: http }),
    ...(https && { httpsProxy: https }),
    ...(bypass && { noProxy: bypass }),
  };
}

/** An address with a scheme and no credentials that is not the reader's own machine. */
function reachable(address: string): boolean {
  return (
    /^https?:\/\/[^\s@/?#"'`]+\/?$/.test(address) && !/^https?:\/\/(?:localhost|127\.|0\.|\[::1?\])/i.test(address)
  );
}

function mostFrequent(
  counts: ReadonlyMap<string, number> | undefined,
  accept: (text: string) => boolean,
): string | undefined {
  const accepted = [...(counts ?? [])].filter(([text]) => accept(text));
  return accepted.sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** `localhost,127.0.0.1` and dind's `docker` belong into every list of a container. */
function unite(list: string, domains: readonly string[]): string {
  const entries = list.split(",").filter((entry) => entry !== "");
  const wanted = ["localhost", "127.0.0.1", "docker", ...domains.map((domain) => domain.replace(/^\./, ""))];
  return [...entries, ...wanted.filter((entry) => !entries.includes(entry))].join(",");
}
