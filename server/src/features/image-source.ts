import { type HostIn, registryOf } from "../proxy/named-hosts.js";
import type { MappedText } from "../text/mapped-text.js";

/** Where an image comes from. */
export type ImageSource = { readonly hub: true } | { readonly hub: false; readonly registry: HostIn };

/** What dockerd asks for an image of Docker Hub: the registry, and who gives it a token (distribution/reference; moby, registry/config.go). */
export const hubUrls = ["https://registry-1.docker.io/", "https://auth.docker.io/"] as const;

/**
 * The registry of an image's name, Docker Hub where the name says none; undefined where it cannot be told: a variable or a
 * pattern stands where the registry would be.
 */
export function imageSource(image: MappedText): ImageSource | undefined {
  const { text } = image;
  const slash = text.indexOf("/");
  const first = slash >= 0 ? text.slice(0, slash) : text.replace(/[:@].*$/s, "");
  if (
    image.hasUnknown({ start: 0, end: first.length }) ||
    !/^(?:\[[\da-f:.]+\]|[a-z\d][\w.-]*)(?::\d+)?$/i.test(first)
  ) {
    return undefined;
  }
  if (slash < 0 || !(/[.:]/.test(first) || first === "localhost")) return { hub: true };
  if (/^(?:index\.)?docker\.io$/i.test(first)) return { hub: true };
  const registry = registryOf(image);
  return registry && { hub: false, registry };
}
