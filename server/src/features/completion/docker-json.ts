import type { JsonProperty } from "../../formats/docker-json/index.js";
import { type DockerJsonTree, daemonProxyKeys, endpointKeys } from "../../formats/docker-json/index.js";
import type { Offer } from "./offer.js";

/** The keys of an endpoint in config.json, and of `proxies` in daemon.json, after `{` or `,`. */
export function completeDocker(tree: DockerJsonTree, before: string, offset: number): Offer | undefined {
  const typed = /(?:^|[{,])[ \t]*("?[\w-]*)$/.exec(before)?.[1];
  const object = objectAt(tree, offset);
  if (typed === undefined || !object) return undefined;
  const set = new Set(object.map(({ key }) => key.text));
  // The editor closes a quote that was typed.
  const closed = typed.startsWith('"') && tree.source.text.charAt(offset) === '"';
  const words = Object.keys(tree.kind === "client" ? endpointKeys : daemonProxyKeys)
    .filter((name) => !set.has(name))
    .map((name) => ({ label: name, kind: "key" as const, newText: `"${name}": ` }));
  return { words, span: { start: offset - typed.length, end: closed ? offset + 1 : offset } };
}

/** The properties of the object that holds proxies, where the cursor is in one. */
function objectAt(tree: DockerJsonTree, offset: number): readonly JsonProperty[] | undefined {
  const holders = tree.kind === "client" ? tree.endpoints.map(({ property }) => property) : tree.proxies;
  const value = holders
    .flatMap((property) => property.value ?? [])
    .find(({ kind, span }) => kind === "object" && span.start < offset && offset <= span.end);
  return value?.properties;
}
