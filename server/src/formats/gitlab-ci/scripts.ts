import { isMap, isPair, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import type { MappedText } from "../../text/mapped-text.js";
import type { CiMisreadLine, CiScript, CiScriptKey } from "./nodes.js";
import type { YamlEntry, YamlFile } from "./yaml-file.js";

/** GitLab allows ten levels of lists in lists. */
const deepestList = 10;
/** Aliases and references can make a short file stand for any number of lines. */
const mostSteps = 5000;

type ScriptBody = Pick<CiScript, "lines" | "misread" | "partial">;

/** Reads scripts; one that several jobs share (by `extends`, an alias, `default`) is read once. */
export class ScriptReader {
  private readonly known = new Map<Node, ScriptBody>();

  constructor(private readonly file: YamlFile) {}

  read(key: CiScriptKey, entry: YamlEntry): CiScript | undefined {
    const node = this.file.resolve(entry.value);
    if (!node) return undefined;
    let body = this.known.get(node);
    if (!body) {
      body = this.body(node);
      this.known.set(node, body);
    }
    return { key, keySpan: entry.keySpan, ...body };
  }

  private body(start: Node): ScriptBody {
    const lines: MappedText[] = [];
    const misread: CiMisreadLine[] = [];
    let partial = false;
    const queue: { readonly node: Node; readonly depth: number }[] = [{ node: start, depth: 0 }];
    let steps = 0;
    for (let next = queue.pop(); next && steps < mostSteps; next = queue.pop()) {
      steps++;
      const { depth } = next;
      const node = this.file.resolve(next.node);
      if (!node) partial = true;
      else if (isScalar(node)) {
        const text = this.file.text(node);
        if (text) lines.push(text);
      } else if (isSeq(node) && depth <= deepestList) {
        const items = this.file.items(node).map((item) => ({ node: item, depth: depth + 1 }));
        for (const item of items.reverse()) queue.push(item);
      } else if (isMap(node)) {
        const found = misreadLine(this.file, node);
        if (found) misread.push(found);
      }
    }
    return { lines, misread, partial };
  }
}

/** The line of a mapping that stands where a script line should. */
function misreadLine(file: YamlFile, map: YAMLMap): CiMisreadLine | undefined {
  const { range } = map;
  if (!range) return undefined;
  const { text } = file.view;
  const [start, valueEnd] = range;
  const lineEnd = text.slice(start, valueEnd).search(/\r?\n/);
  const end = lineEnd < 0 ? valueEnd : start + lineEnd;
  const pair = map.items[0];
  const key = isPair(pair) && isScalar(pair.key) ? pair.key : undefined;
  // Several pairs are no line that a colon broke: rules, say, that slipped into the script.
  const colon = key?.range && !map.flow && map.items.length === 1 ? text.indexOf(":", key.range[1]) : -1;
  return {
    span: { start, end: start + text.slice(start, end).trimEnd().length },
    colon: colon >= 0 && colon < end ? colon : undefined,
  };
}
