import { isMap, isNode, isScalar, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { Assignment, Scope } from "../../proxy/settings.js";
import { variableOf } from "../../proxy/variables.js";
import { yamlValue } from "../../quoting/yaml.js";
import { lineEndingOf } from "../../text/eol.js";
import type { Span, TextEdit } from "../../text/span.js";
import { escapeVariables } from "./interpolation.js";
import { globalScopeId, jobScopeId } from "./settings.js";
import type { GitlabCiTree } from "./tree.js";

/** The mapping that has, or may get, a `variables:` entry. */
function ownerOf(tree: GitlabCiTree, scope: Scope): YAMLMap | undefined {
  if (scope.id === globalScopeId) return tree.file.root;
  for (const job of [...tree.jobs, tree.default]) {
    if (scope.id === jobScopeId(job.name)) return job.map;
    const prefix = `${job === tree.default ? "default" : `jobs.${job.name}`}.services[`;
    if (scope.kind !== "service" || !scope.id.startsWith(prefix)) continue;
    const index = Number.parseInt(scope.id.slice(prefix.length), 10);
    if (scope.id !== `${prefix}${index}].variables`) continue;
    return tree.file.map(tree.file.items(job.values("services").at(-1))[index]);
  }
  return undefined;
}

/** Adds a variable to the scope's `variables:`, which is made where there is none. */
export function addCiAssignment(
  tree: GitlabCiTree,
  scope: Scope,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const owner = ownerOf(tree, scope);
  if (!owner) return undefined;
  const writer = new Writer(tree.source.text);
  const escaped = escapeVariables(value);
  const pair = pairOf(owner, "variables");
  if (!pair) {
    // What a merge key brings would count instead of it, or be lost for it.
    return tree.file.entry(owner, "variables") ? undefined : writer.addVariables(owner, name, escaped);
  }
  if (isMap(pair.value)) return writer.addTo(pair.value, name, escaped);
  return isNothing(pair.value) ? writer.fillVariables(owner, pair, name, escaped) : undefined;
}

/** Takes a variable away, and `variables:` with the last one. */
export function removeCiAssignment(
  tree: GitlabCiTree,
  scope: Scope,
  assignment: Assignment,
): readonly TextEdit[] | undefined {
  const owner = ownerOf(tree, scope);
  const variables = owner && pairOf(owner, "variables");
  if (!owner || !variables || !isMap(variables.value)) return undefined;
  const map = variables.value;
  const index = map.items.findIndex((pair) => keyOf(pair)?.range?.[0] === assignment.span.start);
  const pair = map.items[index];
  if (!pair) return undefined;
  const writer = new Writer(tree.source.text);
  if (map.items.length > 1) return writer.remove(map, index);
  if (owner.items.length > 1 && !map.flow) return writer.remove(owner, owner.items.indexOf(variables));
  return map.range ? [{ span: { start: map.range[0], end: map.range[1] }, newText: "{}" }] : undefined;
}

type AnyPair = Pair<unknown, unknown>;

function keyOf(pair: AnyPair | undefined): Scalar | undefined {
  return isScalar(pair?.key) ? pair.key : undefined;
}

/** The last entry of that name, which is the one that counts. */
function pairOf(map: YAMLMap, name: string): AnyPair | undefined {
  return map.items.findLast((pair) => keyOf(pair)?.value === name);
}

function isNothing(node: unknown): boolean {
  return !node || (isScalar(node) && node.range?.[0] === node.range?.[1]);
}

/** Writes entries of mappings in the way of their neighbours. */
class Writer {
  private readonly eol: string;

  constructor(private readonly text: string) {
    this.eol = lineEndingOf(text);
  }

  /** A new entry beside the last proxy variable, or at the end. */
  addTo(map: YAMLMap, name: string, value: string): readonly TextEdit[] | undefined {
    const quote = this.usualQuote(map);
    const entry = `${yamlValue(name, "", map.flow)}: ${yamlValue(value, quote, map.flow)}`;
    if (map.flow) return this.addToFlow(map, entry);
    const first = keyOf(map.items[0])?.range;
    if (!first) return undefined;
    const indent = this.columnOf(first[0]);
    if (indent === undefined) return undefined;
    const ends = map.items.map((pair) => this.lineEndAfter(pair));
    const proxy = map.items.findLastIndex((pair, i) => ends[i] !== undefined && isProxy(pair));
    const at = ends[proxy] ?? ends.findLast((end) => end !== undefined);
    if (at === undefined) return this.before(first[0], entry, indent);
    return [{ span: { start: at, end: at }, newText: `${this.eol}${indent}${entry}` }];
  }

  /** A `variables:` as the first entry of a job, a service or the root. */
  addVariables(owner: YAMLMap, name: string, value: string): readonly TextEdit[] | undefined {
    const inFlow = owner.flow ?? false;
    const entry = `${yamlValue(name, "", inFlow)}: ${yamlValue(value, "", inFlow)}`;
    if (inFlow) return this.addToFlow(owner, `variables: {${entry}}`);
    const first = keyOf(owner.items[0])?.range;
    const indent = first ? this.columnOf(first[0]) : undefined;
    if (!first || indent === undefined) return undefined;
    const inner = indent + this.unit(indent);
    return this.before(first[0], `variables:${this.eol}${inner}${entry}`, indent);
  }

  /** The first entry of a `variables:` that has nothing. */
  fillVariables(owner: YAMLMap, pair: AnyPair, name: string, value: string): readonly TextEdit[] | undefined {
    const key = keyOf(pair)?.range;
    const colon = key ? this.text.indexOf(":", key[1]) : -1;
    if (!key || colon < 0) return undefined;
    const inFlow = owner.flow ?? false;
    const entry = `${yamlValue(name, "", inFlow)}: ${yamlValue(value, "", inFlow)}`;
    const at = colon + 1;
    if (inFlow) return [{ span: { start: at, end: at }, newText: ` {${entry}}` }];
    const indent = this.columnOf(key[0]);
    if (indent === undefined) return undefined;
    return [{ span: { start: at, end: at }, newText: `${this.eol}${indent}${this.unit(indent)}${entry}` }];
  }

  remove(map: YAMLMap, index: number): readonly TextEdit[] | undefined {
    const pair = map.items[index];
    const start = keyOf(pair)?.range?.[0];
    const end = this.endOf(pair);
    if (start === undefined || end === undefined) return undefined;
    if (map.flow) return [{ span: this.flowSpan(map, index, start, end), newText: "" }];
    const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
    const next = keyOf(map.items[index + 1])?.range?.[0];
    if (this.text.slice(lineStart, start).trim() === "") {
      const ended = this.text.charAt(end - 1) === "\n";
      const feed = ended ? end - 1 : this.text.indexOf("\n", end);
      return [{ span: { start: lineStart, end: feed < 0 ? this.text.length : feed + 1 }, newText: "" }];
    }
    // The first entry of a mapping that begins behind `- ` or a tag.
    return next === undefined ? undefined : [{ span: { start, end: next }, newText: "" }];
  }

  private flowSpan(map: YAMLMap, index: number, start: number, end: number): Span {
    const next = keyOf(map.items[index + 1])?.range?.[0];
    if (next !== undefined) return { start, end: next };
    return { start: this.endOf(map.items[index - 1]) ?? start, end };
  }

  private addToFlow(map: YAMLMap, entry: string): readonly TextEdit[] | undefined {
    if (!map.range) return undefined;
    const close = map.range[1] - 1;
    const last = this.endOf(map.items.at(-1));
    if (last === undefined) return [{ span: { start: map.range[0] + 1, end: close }, newText: ` ${entry} ` }];
    const comma = this.text.slice(last, close).indexOf(",");
    const at = comma < 0 ? last : last + comma + 1;
    return [{ span: { start: at, end: at }, newText: `${comma < 0 ? "," : ""} ${entry}` }];
  }

  private before(at: number, entry: string, indent: string): readonly TextEdit[] {
    return [{ span: { start: at, end: at }, newText: `${entry}${this.eol}${indent}` }];
  }

  /** Blanks as wide as what stands before the offset on its line; undefined where a key of the same line is in it. */
  private columnOf(offset: number): string | undefined {
    const before = this.text.slice(this.text.lastIndexOf("\n", offset - 1) + 1, offset);
    return /^[ -]*$/.test(before) && !before.startsWith("---") ? before.replaceAll("-", " ") : undefined;
  }

  /** One step of indentation: a job's keys show it where they stand one step in. */
  private unit(indent: string): string {
    if (indent.length > 0 && indent.length <= 8 && !indent.includes("\t"))
      return indent.length % 4 === 0 ? "    " : "  ";
    return /\n( {1,8})\S/.exec(this.text)?.[1] ?? "  ";
  }

  /** Where an entry on a line of its own ends, its comment included; undefined for one that another cannot follow there. */
  private lineEndAfter(pair: AnyPair): number | undefined {
    const { value } = pair;
    if (isNothing(value) || (isScalar(value) && value.type?.startsWith("BLOCK"))) return undefined;
    const end = this.endOf(pair);
    if (end === undefined) return undefined;
    const feed = this.text.indexOf("\n", end);
    let to = feed < 0 ? this.text.length : feed;
    if (this.text.charAt(to - 1) === "\r") to--;
    return /^[ \t]*(?:#.*)?$/.test(this.text.slice(end, to)) ? to : undefined;
  }

  private endOf(pair: AnyPair | undefined): number | undefined {
    const value = pair?.value;
    if (isNode(value) && value.range && !isNothing(value)) return value.range[1];
    const key = keyOf(pair)?.range;
    return key ? this.text.indexOf(":", key[1]) + 1 || key[1] : undefined;
  }

  /** The quotes that most of a mapping's values have. */
  private usualQuote(map: YAMLMap): "" | "'" | '"' {
    let single = 0;
    let double = 0;
    let other = 0;
    for (const { value } of map.items) {
      if (!isScalar(value)) continue;
      if (value.type === "QUOTE_SINGLE") single++;
      else if (value.type === "QUOTE_DOUBLE") double++;
      else other++;
    }
    if (double > other && double >= single) return '"';
    return single > other ? "'" : "";
  }
}

function isProxy(pair: AnyPair): boolean {
  const name = keyOf(pair)?.value;
  return typeof name === "string" && variableOf(name) !== undefined;
}
