import type { DockerJsonTree, JsonProperty } from "../../formats/docker-json/index.js";
import { redactAddress } from "../../proxy/redact.js";
import type { SymbolNode } from "./node.js";

/** Top-level keys; below `proxies` the endpoints and their values. Logins and other values are not shown. */
export function jsonSymbols({ keys, proxies, endpoints, kind }: DockerJsonTree): readonly SymbolNode[] {
  return keys.map((property) => {
    if (!proxies.includes(property)) return node(property, "option");
    const own = endpoints.filter((endpoint) => property.value?.properties.includes(endpoint.property));
    const children =
      kind === "client"
        ? own.map((endpoint) => ({ ...node(endpoint.property, "endpoint"), children: endpoint.properties.map(value) }))
        : (property.value?.properties ?? []).map(value);
    return { ...node(property, "section"), children };
  });
}

function node({ key, keySpan, span }: JsonProperty, kind: SymbolNode["kind"]): SymbolNode {
  return { name: key.text, kind, span, nameSpan: keySpan };
}

function value(property: JsonProperty): SymbolNode {
  const text = property.value?.text?.text;
  return { ...node(property, "variable"), ...(text !== undefined && { detail: redactAddress(text) }) };
}
