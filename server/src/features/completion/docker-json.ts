import type { DockerJsonKind, DockerJsonTree } from "../../formats/docker-json/index.js";
import { clientKeys, daemonKeys, foldName, type KeyType } from "../../formats/docker-json/keys.js";
import { nameIn, type ProxyVariable, proxyVariables } from "../../proxy/variables.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type JsonPlace, jsonPlaceAt } from "./json-place.js";
import { type Offer, type Place, type Word, withHole } from "./offer.js";
import { valueOffer, valueWords } from "./value.js";

/** Keys and values of config.json and daemon.json. */
export function completeDocker(place: Place, tree: DockerJsonTree): Offer | undefined {
  return jsonOffer(place, { text: tree.source, at: place.offset, kind: tree.kind, space: " " });
}

/** A JSON text that holds Docker's settings: a file, or what a script writes. */
export interface DockerText {
  readonly text: MappedText;
  /** Offset of the cursor. */
  readonly at: number;
  readonly kind: DockerJsonKind;
  /** What stands behind a `:`. */
  readonly space: "" | " ";
}

export function jsonOffer(place: Place, json: DockerText): Offer | undefined {
  const found = jsonPlaceAt(json.text.text, json.at);
  if (!found) return undefined;
  const type = typeAt(json.kind, found.path);
  if (!type) return undefined;
  if (found.at === "key") return keys(json, found, type);
  return found.at === "value" ? values(place, json, found, type) : undefined;
}

function keys(
  { text, kind, space }: DockerText,
  { path, token, ...found }: JsonPlace,
  type: KeyType,
): Offer | undefined {
  const taken = new Set([...found.siblings].map((key) => (kind === "client" ? foldName(key) : key)));
  const names = type.keys ? Object.entries(type.keys) : path.join() === "proxies" ? endpoint(type) : [];
  const words = names
    .filter(([name]) => !taken.has(kind === "client" ? foldName(name) : name))
    .map(([name, own]): Word => {
      const explained = type.keys ? [...path.slice(0, 1), ...path.slice(1).map(() => "*"), name] : [...path, "*"];
      const shared = { label: name, kind: "key", topic: { about: "docker-key", kind, path: explained } } as const;
      if (found.colon) return { ...shared, text: `"${name}"` };
      const [before, hole, after] = blank(own);
      const comma = found.commaMissing ? "," : "";
      const rank = /prox/i.test(name) ? 0 : 1;
      return {
        ...shared,
        ...withHole(`"${name}":${space}${before}`, hole, after + comma),
        more: own.type !== "object",
        rank,
      };
    });
  return words.length > 0 ? { words, into: text, span: token } : undefined;
}

/** The one name that every client looks at; others are addresses of daemons. */
function endpoint(type: KeyType): [string, KeyType][] {
  return type.values ? [["default", type.values]] : [];
}

/** A value to be filled in: before, in and after the place for it. */
function blank(type: KeyType): readonly [string, string, string] {
  switch (type.type) {
    case "string":
      return ['"', "", '"'];
    case "boolean":
      return ["", "true", ""];
    case "number":
      return ["", "0", ""];
    case "array":
      return type.values?.type === "string" ? ['["', "", '"]'] : ["[", "", "]"];
    default:
      return ["{", "", "}"];
  }
}

function values(place: Place, { text, at, kind }: DockerText, found: JsonPlace, parent: KeyType): Offer | undefined {
  const { token, key = "", path } = found;
  const variable = inProxies(kind, path) ? variableOfKey(kind, key) : undefined;
  const written = text.text.slice(token.start, token.end);
  if (variable && written.startsWith('"')) {
    const inside = text.slice(token.start + 1, written.length > 1 && written.endsWith('"') ? token.end - 1 : token.end);
    const within = at - token.start - 1;
    // An escape in a string of a script is one more layer, which is not read here.
    if (within < 0 || within > inside.text.length || inside.text.includes("\\")) return undefined;
    return valueOffer(place, variable, inside, within, kind === "client");
  }
  const type = parent.keys?.[key] ?? parent.values;
  const words: readonly Word[] =
    type?.type === "boolean"
      ? ["true", "false"].map((word) => ({ label: word, kind: "value", text: word }))
      : variable
        ? valueWords(place, variable, kind === "client").map((word) => ({ ...word, text: JSON.stringify(word.text) }))
        : [];
  const comma = found.commaMissing ? "," : "";
  return words.length > 0 && !written.startsWith('"')
    ? { words: words.map((word) => ({ ...word, text: word.text + comma })), into: text, span: token }
    : undefined;
}

function inProxies(kind: DockerJsonKind, path: readonly string[]): boolean {
  return path[0] !== undefined && foldName(path[0]) === "proxies" && path.length === (kind === "client" ? 2 : 1);
}

function variableOfKey(kind: DockerJsonKind, key: string): ProxyVariable | undefined {
  return proxyVariables.find((variable) => {
    const name = nameIn(variable, kind === "client" ? "client-key" : "daemon-key");
    return name !== undefined && (kind === "client" ? foldName(name) === foldName(key) : name === key);
  });
}

/** What the object at a path holds; undefined for one that the program does not know. */
function typeAt(kind: DockerJsonKind, path: readonly string[]): KeyType | undefined {
  let type: KeyType | undefined = { type: "object", keys: kind === "client" ? clientKeys : daemonKeys };
  for (const name of path) {
    type = memberType(kind, type, name);
    if (!type) return undefined;
  }
  return type;
}

function memberType(kind: DockerJsonKind, { keys = {}, values }: KeyType, name: string): KeyType | undefined {
  const same = (key: string) => key === name || (kind === "client" && foldName(key) === foldName(name));
  const key = Object.keys(keys).find(same);
  return key === undefined ? values : keys[key];
}
