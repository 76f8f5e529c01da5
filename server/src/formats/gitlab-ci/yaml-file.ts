import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { decodeYamlScalar, type YamlStyle } from "../../quoting/yaml.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { withInputs } from "./interpolation.js";

/** A key of a mapping with its value. Merge keys (`<<`) are resolved; what they bring has a place elsewhere in the file. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: Scalar;
  /** Without properties and comments. */
  readonly keySpan: Span;
  /** As written: an alias is not followed. undefined where nothing is written. */
  readonly value: Node | undefined;
  /** It came through a merge key. */
  readonly merged: boolean;
}

const styles: ReadonlyMap<unknown, YamlStyle> = new Map([
  ["PLAIN", "plain"],
  ["QUOTE_SINGLE", "single"],
  ["QUOTE_DOUBLE", "double"],
  ["BLOCK_LITERAL", "literal"],
  ["BLOCK_FOLDED", "folded"],
]);

/** Finds what `!reference [job, key, …]` names; undefined where this file does not have it. */
export type Lookup = (path: readonly string[]) => Node | undefined;

/** References that lead to references are followed this far, as GitLab does. */
const deepestReference = 10;
/** Merge keys that lead to merge keys that lead to … are followed this far. */
const deepestMerge = 20;
/** A file gets no more entries than this through merge keys, whatever its aliases multiply to. */
const mostMerged = 50_000;

/** A parsed document and what is asked of it again and again: aliases, texts of scalars, entries of mappings. */
export class YamlFile {
  private anchors: ReadonlyMap<string, readonly Node[]> | undefined;
  private readonly texts = new Map<Scalar, MappedText>();
  private readonly read = new Map<YAMLMap, ReadonlyMap<string, YamlEntry>>();
  /** Entries that a later one of the same mapping and key takes the place of. */
  private readonly overridden = new Map<YAMLMap, YamlEntry[]>();
  private mergedEntries = 0;
  /** The references on the way to a node: one that leads back to itself leads nowhere. */
  private readonly following = new Set<Node>();
  /** Scalars that stand in a flow collection, as far as they have been met. */
  private readonly inFlow = new Set<unknown>();

  constructor(
    /** The text that was parsed, over the document. */
    readonly view: MappedText,
    private readonly document: Document.Parsed | undefined,
    private readonly lookup: Lookup,
  ) {}

  get root(): YAMLMap | undefined {
    const contents = this.document?.contents;
    return isMap(contents) ? contents : undefined;
  }

  /** The node that an alias or a `!reference` stands for; other nodes as they are. */
  resolve(node: Node | undefined): Node | undefined {
    const found = isAlias(node) ? this.target(node) : node;
    return found && isReference(found) ? this.follow(found) : found;
  }

  private follow(reference: Node): Node | undefined {
    const { following } = this;
    if (following.has(reference) || following.size >= deepestReference) return undefined;
    following.add(reference);
    const found = this.lookup(this.items(reference).map((item) => this.text(item)?.text ?? ""));
    const target = this.resolve(found);
    following.delete(reference);
    return target;
  }

  map(node: Node | undefined): YAMLMap | undefined {
    const found = this.resolve(node);
    return isMap(found) ? found : undefined;
  }

  items(node: Node | undefined): readonly Node[] {
    const found = isReference(node) ? node : this.resolve(node);
    if (!isSeq(found)) return [];
    const items = found.items.filter(isNode);
    if (found.flow) for (const item of items) this.inFlow.add(item);
    return items;
  }

  /** The text of a scalar; undefined for another node, and for an empty place. */
  text(node: Node | undefined): MappedText | undefined {
    const scalar = this.resolve(node);
    if (!isScalar(scalar) || !scalar.range) return undefined;
    const [start, end] = scalar.range;
    const style = styles.get(scalar.type);
    if (!style || start === end) return undefined;
    let text = this.texts.get(scalar);
    if (!text) {
      text = withInputs(decodeYamlScalar(this.view, { start, end }, style, this.inFlow.has(scalar)));
      this.texts.set(scalar, text);
    }
    return text;
  }

  /** A mapping's entries, each key once: the last one counts, and a merge key counts where it stands, as in Psych. */
  entries(map: YAMLMap | undefined): readonly YamlEntry[] {
    return map ? [...this.entriesOf(map, 0).values()] : [];
  }

  /** A mapping's entries and before them those that a later one of the same key leaves without effect. */
  entriesWritten(map: YAMLMap | undefined): readonly YamlEntry[] {
    const counting = this.entries(map);
    const dead = map && this.overridden.get(map);
    return dead ? [...dead, ...counting] : counting;
  }

  entry(map: YAMLMap | undefined, key: string): YamlEntry | undefined {
    return map && this.entriesOf(map, 0).get(key);
  }

  value(map: YAMLMap | undefined, key: string): Node | undefined {
    return this.entry(map, key)?.value;
  }

  private entriesOf(map: YAMLMap, depth: number): ReadonlyMap<string, YamlEntry> {
    const known = this.read.get(map);
    if (known) return known;
    const found = new Map<string, YamlEntry>();
    // A mapping that merges itself gets what it has so far.
    this.read.set(map, new Map());
    for (const pair of map.items) {
      const { key, value } = pair;
      if (map.flow) this.inFlow.add(key).add(value);
      if (!isScalar(key) || !key.range) continue;
      const name = typeof key.value === "string" ? key.value : (key.source ?? "");
      if (name === "<<" && key.type === "PLAIN") {
        if (depth < deepestMerge) this.merge(found, isNode(value) ? value : undefined, depth);
        continue;
      }
      const before = found.get(name);
      if (before && !before.merged) {
        const list = this.overridden.get(map);
        if (list) list.push(before);
        else this.overridden.set(map, [before]);
      }
      found.delete(name);
      found.set(name, {
        key: name,
        keyNode: key,
        keySpan: { start: key.range[0], end: key.range[1] },
        value: isNode(value) && !isEmpty(value) ? value : undefined,
        merged: false,
      });
    }
    this.read.set(map, found);
    return found;
  }

  private merge(found: Map<string, YamlEntry>, value: Node | undefined, depth: number): void {
    const single = this.map(value);
    // Of several mappings the first one that has a key gives it.
    const sources = single
      ? [single]
      : this.items(value)
          .map((item) => this.map(item))
          .reverse();
    for (const source of sources) {
      if (!source) continue;
      for (const entry of this.entriesOf(source, depth + 1).values()) {
        if (++this.mergedEntries > mostMerged) return;
        found.set(entry.key, { ...entry, merged: true });
      }
    }
  }

  private target(alias: Alias): Node | undefined {
    this.anchors ??= anchorsOf(this.document?.contents ?? undefined);
    const at = alias.range?.[0] ?? 0;
    return this.anchors.get(alias.source)?.findLast((node) => (node.range?.[0] ?? 0) < at);
  }
}

function isReference(node: Node | undefined): boolean {
  return isSeq(node) && node.tag === "!reference";
}

/** Whether nothing is written where a value could stand. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.range?.[0] === node.range?.[1] && node.source === "";
}

/** All anchored nodes by name, in the order of the text. */
function anchorsOf(root: Node | undefined): ReadonlyMap<string, readonly Node[]> {
  const found: { readonly name: string; readonly node: Node; readonly at: number }[] = [];
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const node = queue.pop();
    if (isPair(node)) queue.push(node.key, node.value);
    else if (isMap(node) || isSeq(node)) for (const item of node.items) queue.push(item);
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined) {
      found.push({ name: node.anchor, node, at: node.range?.[0] ?? 0 });
    }
  }
  found.sort((a, b) => a.at - b.at);
  const byName = new Map<string, Node[]>();
  for (const { name, node } of found) {
    const list = byName.get(name);
    if (list) list.push(node);
    else byName.set(name, [node]);
  }
  return byName;
}
