import { isMap, isScalar, type Node } from "yaml";
import { expandedValue } from "./interpolation.js";
import type { CiImage, CiService } from "./nodes.js";
import { readVariables } from "./variables.js";
import type { YamlFile } from "./yaml-file.js";

/** Reads an `image:` value: a name, or a mapping with `name:`. */
export function readImage(file: YamlFile, nodes: readonly Node[]): CiImage | undefined {
  const node = lastWith(file, nodes, "name");
  const name = file.text(node);
  const range = file.resolve(node)?.range;
  return name && range ? { name: expandedValue(name), span: { start: range[0], end: range[1] } } : undefined;
}

/** The scalar itself, or the value of `key` in the last mapping that has it. */
function lastWith(file: YamlFile, nodes: readonly Node[], key: string): Node | undefined {
  for (const node of [...nodes].reverse()) {
    const resolved = file.resolve(node);
    if (isScalar(resolved)) return node;
    const found = file.value(file.map(resolved), key);
    if (found) return found;
  }
  return undefined;
}

export function readServices(file: YamlFile, nodes: readonly Node[]): readonly CiService[] {
  const list = nodes.at(-1);
  return file.items(list).flatMap((item) => readService(file, item));
}

function readService(file: YamlFile, item: Node): readonly CiService[] {
  const node = file.resolve(item);
  if (!node?.range) return [];
  const map = isMap(node) ? node : undefined;
  const name = file.text(map ? file.value(map, "name") : node);
  if (!name) return [];
  const image = expandedValue(name);
  const alias = file.text(file.value(map, "alias"));
  const words = (key: string): CiService["command"] => {
    const value = file.value(map, key);
    const single = file.text(value);
    return single ? [single] : file.items(value).flatMap((word) => file.text(word) ?? []);
  };
  return [
    {
      image,
      aliases: alias ? givenAliases(alias.text) : derivedAliases(image.text),
      aliasSpan: alias?.contentSpan,
      dind: isDind(image.text),
      span: { start: node.range[0], end: node.range[1] },
      variables: readVariables(file, file.entry(map, "variables")),
      command: words("command"),
      entrypoint: words("entrypoint"),
    },
  ];
}

/** `alias:` holds several names, apart by blanks or commas. */
function givenAliases(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((alias) => alias !== "" && !alias.includes("$"));
}

/**
 * The names that the runner makes of an image: without tag, digest and port, `/` as `__` and as `-`
 * (gitlab-runner, helpers/docker/services).
 */
export function derivedAliases(image: string): readonly string[] {
  const name = image.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
  const withoutPort = name.replace(/^([^/]*?):\d+(?=\/)/, "$1");
  if (withoutPort === "" || /[$<{]/.test(withoutPort)) return dindAlias(image);
  const aliases = [withoutPort.replaceAll("/", "__"), withoutPort.replaceAll("/", "-")];
  return [...new Set(aliases)];
}

/** A prefix may come from a variable: the alias is not known then. */
function dindAlias(image: string): readonly string[] {
  return /^docker:/.test(image) ? ["docker"] : [];
}

/** An image of Docker-in-Docker: `docker:…dind…`, or one whose own name ends in `dind`. */
export function isDind(image: string): boolean {
  return /(?:^|\/)docker:[^/\s]*dind/i.test(image) || /(?:^|[/-])dind(?:[:@]|$)/i.test(image);
}
