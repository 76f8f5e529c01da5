import type { Assignment, Scope } from "../../proxy/settings.js";
import { quoteJson } from "../../quoting/json.js";
import { lineEndingOf } from "../../text/eol.js";
import type { Span, TextEdit } from "../../text/span.js";
import type { JsonProperty, JsonValue } from "./node.js";
import type { DockerJsonTree } from "./tree.js";

/**
 * Adds a property to the scope's object, in the way of its others; one that is null gets the value. Where a quote or a bracket is
 * missing, there is no telling where the object ends.
 */
export function addJsonAssignment(
  tree: DockerJsonTree,
  scope: Scope,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  if (tree.problems.some(({ repair, severity }) => repair === undefined && severity === undefined)) return undefined;
  const object = objectOf(tree, scope);
  const same = tree.kind === "client" ? object?.fields(name).at(-1) : object?.property(name);
  if (same?.value?.kind === "null") return [{ span: same.value.span, newText: quoteJson(value) }];
  return object && insertProperty(tree.source.text, object, name, quoteJson(value));
}

/** Takes a property away with the comma and the line that only it needs. */
export function removeJsonAssignment(
  tree: DockerJsonTree,
  scope: Scope,
  assignment: Assignment,
): readonly TextEdit[] | undefined {
  const property = objectOf(tree, scope)?.properties.find(({ span }) => span.start === assignment.span.start);
  return property && removeProperty(tree.source.text, property);
}

/** The edit that takes a property away with the comma and the line that only it needs. */
export function removeProperty(text: string, property: JsonProperty): readonly TextEdit[] {
  const { properties } = property.parent;
  return [{ span: removed(text, properties, properties.indexOf(property), property), newText: "" }];
}

function objectOf(tree: DockerJsonTree, scope: Scope): JsonValue | undefined {
  const owner =
    tree.kind === "daemon"
      ? tree.proxies.at(-1)
      : tree.endpoints.find((endpoint) => endpoint.property.keySpan.start === scope.span.start)?.property;
  return owner?.value?.kind === "object" ? owner.value : undefined;
}

/** The edit that adds `"name": written` as the last property of an object. */
export function insertProperty(text: string, object: JsonValue, name: string, written: string): readonly TextEdit[] {
  const { properties, span } = object;
  const last = properties.at(-1);
  if (!last) return insertFirst(text, span, `${quoteJson(name)}: ${written}`);
  const separator = text.slice(last.keySpan.end, last.value?.span.start ?? last.keySpan.end);
  const entry = quoteJson(name) + (/^\s*:\s*$/.test(separator) ? separator : ": ") + written;
  const gap = text.slice(lineStart(text, last.span.start), last.span.start);
  const ownLine = /^[ \t]*$/.test(gap);
  const at = last.span.end;
  return [{ span: { start: at, end: at }, newText: `,${ownLine ? lineEndingOf(text) + gap : " "}${entry}` }];
}

/** The first property of `{}`: on the same line where the braces are, otherwise indented as the file is. */
function insertFirst(text: string, object: Span, entry: string): readonly TextEdit[] {
  const inner = { start: object.start + 1, end: Math.max(object.start + 1, object.end - 1) };
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, object.start)))?.[0] ?? "";
  const multiLine = text.slice(0, object.start).includes("\n");
  if (!multiLine) return [{ span: inner, newText: ` ${entry} ` }];
  const eol = lineEndingOf(text);
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  return [{ span: inner, newText: eol + outer + unit + entry + eol + outer }];
}

function removed(text: string, properties: readonly JsonProperty[], index: number, property: JsonProperty): Span {
  const next = properties[index + 1];
  const previous = properties[index - 1];
  if (next) return { start: property.span.start, end: next.span.start };
  if (previous) return { start: previous.span.end, end: property.span.end };
  let { start, end } = property.span;
  while (/\s/.test(text.charAt(start - 1))) start--;
  while (/\s/.test(text.charAt(end))) end++;
  return { start, end };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
