import { clientKeys, daemonKeys, foldName, type JsonType, type KeyType } from "./keys.js";
import type { JsonValue } from "./node.js";
import type { DockerJsonTree } from "./tree.js";

/**
 * A value of another type than its key wants. dockerd does not start for it; the client says that it cannot parse the
 * file, loses the logins, and goes on with what else it could decode (measured with 28.2.2).
 */
export interface MistypedValue {
  /** The nearest key. */
  readonly key: string;
  readonly value: JsonValue;
  readonly expected: JsonType;
}

/** All mistyped values of known keys. `null` fits everywhere; what a template fills in is not judged. */
export function mistypedValues(tree: DockerJsonTree): readonly MistypedValue[] {
  const exact = tree.kind === "daemon";
  const found: MistypedValue[] = [];
  const keys = exact ? daemonKeys : clientKeys;
  const queue: Expected[] = tree.root ? [{ key: "", value: tree.root, type: { type: "object", keys } }] : [];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { key, value, type } = next;
    if (type.type === "any" || value.kind === "null" || value.unknown) continue;
    if (value.kind !== type.type) {
      found.push({ key, value, expected: type.type });
      continue;
    }
    const inner = type.values;
    if (inner) for (const item of value.items) queue.push({ key, value: item, type: inner });
    for (const property of value.properties) {
      const name = property.key.text;
      const wanted = type.keys ? keyType(type.keys, name, exact) : inner;
      if (wanted && property.value) queue.push({ key: name, value: property.value, type: wanted });
    }
  }
  return found.sort((a, b) => a.value.span.start - b.value.span.start);
}

interface Expected {
  readonly key: string;
  readonly value: JsonValue;
  readonly type: KeyType;
}

/** A struct's field of this name. dockerd compares letter by letter before Go gets to see the name. */
function keyType(keys: Readonly<Record<string, KeyType>>, name: string, exact: boolean): KeyType | undefined {
  if (Object.hasOwn(keys, name)) return keys[name];
  if (exact) return undefined;
  const folded = foldName(name);
  return Object.entries(keys).find(([key]) => foldName(key) === folded)?.[1];
}
