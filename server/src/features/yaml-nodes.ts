import { isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import type { GitlabCiTree } from "../formats/gitlab-ci/index.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/** A key with its value, or an item of a list, in a YAML file. */
export interface YamlNode {
  /** From the key, or the item's first character, to the end of the value. */
  readonly span: Span;
  /** Of the key; undefined for an item. */
  readonly key: Span | undefined;
  /** Of the value; undefined where nothing is written. */
  readonly value: Span | undefined;
  /** The mapping or list that it stands in. */
  readonly parent: Span | undefined;
}

/** All keys and items, in no order. Aliases are not followed. */
export function* yamlNodes(tree: GitlabCiTree): Generator<YamlNode> {
  const { file } = tree;
  const place = (node: Node): Span | undefined => {
    const [start, end] = node.range ?? [];
    return start === undefined || end === undefined ? undefined : file.view.toSource({ start, end });
  };
  for (const { node, value } of walk(file.root)) {
    const parent = place(node);
    const key = isPair(value) && isScalar(value.key) ? place(value.key) : undefined;
    const inner = isPair(value) ? value.value : value;
    const own = isNodeWithRange(inner) ? place(inner) : undefined;
    const start = key?.start ?? own?.start;
    const end = own?.end ?? key?.end;
    if (start === undefined || end === undefined) continue;
    yield { span: { start, end: Math.max(start, end) }, key, value: own, parent };
  }
}

/** The texts of all scalars that are values. */
export function* scalarsOf({ file }: GitlabCiTree): Generator<MappedText> {
  for (const { value } of walk(file.root)) {
    const inner = isPair(value) ? value.value : value;
    const text = isScalar(inner) ? file.text(inner) : undefined;
    if (text) yield text;
  }
}

function* walk(root: Node | undefined): Generator<{ readonly node: Node; readonly value: unknown }> {
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const node = queue.pop();
    if (!isMap(node) && !isSeq(node)) continue;
    for (const value of node.items) {
      yield { node, value };
      queue.push(isPair(value) ? value.value : value);
    }
  }
}

function isNodeWithRange(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}
