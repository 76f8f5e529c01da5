import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { MappedText } from "../../text/mapped-text.js";
import { templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import type { SyntaxProblem } from "../format.js";
import { kindOf } from "./match.js";
import { type JsonProperty, JsonValue } from "./node.js";
import { byteOrderMark, notAnObject, syntaxProblems, tooDeep } from "./problems.js";
import { jsonView } from "./template.js";
import type { DockerJsonKind, DockerJsonTree, ProxyEndpoint } from "./tree.js";

const deepest = 200;

/** Reads config.json or daemon.json, tolerantly; `problems` has what Go's encoding/json rejects. */
export function parseDockerJson(text: string, uri: string): DockerJsonTree {
  const source = MappedText.document(text);
  const { view, outsideStrings, holes } = jsonView(source);
  const template = outsideStrings || (holes.length > 0 && templateName(pathOf(uri)));
  const kind = kindOf(uri, view.text);
  const { root, problems } = read(view, kind);
  const keys = root?.properties ?? [];
  const proxies = (kind === "client" ? root?.fields("proxies") : keys.filter((k) => k.key.text === "proxies")) ?? [];
  return {
    format: "docker-json",
    source,
    problems: template ? [] : problems,
    template,
    kind,
    root,
    keys,
    proxies,
    endpoints: kind === "client" ? endpointsOf(proxies) : [],
  };
}

function read(
  view: MappedText,
  kind: DockerJsonKind,
): { root: JsonValue | undefined; problems: readonly SyntaxProblem[] } {
  const marked = view.text.startsWith("\ufeff");
  const text = marked ? ` ${view.text.slice(1)}` : view.text;
  const problems: SyntaxProblem[] = marked && kind === "client" ? [byteOrderMark()] : [];
  const parsed = parsedWithin(text, kind);
  if (typeof parsed === "number") return { root: undefined, problems: [...problems, tooDeep(parsed)] };
  const { node } = parsed;
  problems.push(...syntaxProblems(parsed.text, parsed.errors, kind));
  const root = node && new JsonValue(node, view);
  if (root && problems.length === 0 && root.kind !== "object" && root.kind !== "null") {
    problems.push(notAnObject(root.span, kind));
  }
  return { root, problems };
}

interface Parsed {
  readonly node: Node | undefined;
  readonly errors: readonly ParseError[];
  /** The text that was parsed. */
  readonly text: string;
}

function parse(text: string): Parsed {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, { disallowComments: true, allowEmptyContent: true });
  return { node, errors, text };
}

/** @returns where the nesting goes beyond what a recursive parser is given */
function parsedWithin(text: string, kind: DockerJsonKind): Parsed | number {
  const whole = mayBeDeep(text) ? undefined : parse(text);
  if (whole?.errors.length === 0) return whole;
  const { deep, end } = scan(text);
  if (deep !== undefined) return deep;
  // The client decodes one value and never looks at what follows.
  const more = kind === "client" && end !== undefined && /[^ \t\r\n]/.test(text.slice(end));
  return more ? parse(text.slice(0, end)) : (whole ?? parse(text));
}

/** Without a look at what is a string: most texts have few brackets, and need not be scanned for more. */
function mayBeDeep(text: string): boolean {
  let count = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++count > deepest) return true;
    }
  }
  return false;
}

/**
 * Where the nesting goes beyond what a recursive parser is given (`deep`), and where the first bracket is closed
 * (`end`). Brackets in strings do not count.
 */
function scan(text: string): { readonly deep?: number; readonly end?: number } {
  let depth = 0;
  let end: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) at = endOfString(text, at);
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > deepest) return { deep: at };
    } else if (c === 0x5d || c === 0x7d) {
      depth--;
      if (depth === 0) end ??= at + 1;
    }
  }
  return end === undefined ? {} : { end };
}

const plain = /[^"\\\n]*/y;

/** The closing quote of the string at `at`, or the end of its line. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 2) {
    plain.lastIndex = i;
    plain.test(text);
    i = plain.lastIndex;
    if (text.charCodeAt(i) !== 0x5c) return i;
  }
  return text.length;
}

/** All entries under `proxies`. A second `proxies` adds to the first, `null` empties it; of two entries of a name the later counts. */
function endpointsOf(proxies: readonly JsonProperty[]): readonly ProxyEndpoint[] {
  const emptied = proxies.findLastIndex((property) => property.value?.kind === "null");
  const all = proxies.flatMap((proxy, i) =>
    (proxy.value?.properties ?? []).map((property) => ({ property, dropped: i < emptied })),
  );
  const last = new Map(all.map(({ property }) => [property.key.text, property]));
  return all.map(({ property, dropped }) => ({
    name: property.key,
    property,
    properties: property.value?.properties ?? [],
    replaced: dropped || last.get(property.key.text) !== property,
  }));
}
