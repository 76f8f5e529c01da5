import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import type { JsonValue } from "../../formats/docker-json/index.js";
import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import { pathAt } from "../../formats/runner-toml/path-at.js";
import type { SystemdDropinTree } from "../../formats/systemd-dropin/index.js";
import { parseAddress } from "../../proxy/address.js";
import type { Assignment } from "../../proxy/settings.js";
import { holdsAddress } from "../../proxy/variables.js";
import type { ShellWord } from "../../quoting/shell.js";
import { blocksAround, type Command, isCommand } from "../../shell/command.js";
import { scriptAssignments } from "../../shell/facts/assignments.js";
import { readScript } from "../../shell/script.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type Span, touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { embeddedJson, readEmbedded } from "../embedded/embedded-json.js";
import { yamlNodes } from "../yaml-nodes.js";

/** Stretches of the document that something makes a unit of, in no order; those at the offset are among them. */
export function* layersAt(document: Document, offset: number): Generator<Span> {
  const { tree, settings, text } = document;
  yield { start: 0, end: text.length };
  switch (tree.format) {
    case "runner-toml":
      yield* inToml(tree, offset);
      break;
    case "gitlab-ci":
      for (const { span, key, value, parent } of yamlNodes(tree)) {
        if (touches(span, offset)) yield* present(span, key, value, parent);
      }
      break;
    case "docker-json":
      if (tree.root) yield* inJson(tree.root, offset, (span) => span);
      break;
    case "cntlm-conf":
      yield* inCntlm(tree, offset);
      break;
    case "systemd-dropin":
      yield* inUnit(tree, offset);
  }
  for (const { assignments } of settings.scopes) {
    for (const assignment of assignments) yield* inAssignment(assignment, offset);
  }
  yield* inScripts(document, offset);
}

function* present(...spans: readonly (Span | undefined)[]): Generator<Span> {
  for (const span of spans) if (span) yield span;
}

function* inToml(tree: RunnerTomlTree, offset: number): Generator<Span> {
  const place = pathAt(tree, offset);
  yield* present(place.section, place.header, place.entry, place.entry?.keySpan, place.key, place.entry?.value);
  yield* present(...place.around, place.value);
  if (place.value?.kind === "string") yield place.value.content;
  for (const { table } of tree.runners) {
    const [first] = table.sections;
    if (first) yield { start: first.start, end: lastSection(tree, first.start) };
  }
}

/** Where the tables below a `[[runners]]` end: at the next one, or at the end of the text. */
function lastSection({ runners, source }: RunnerTomlTree, start: number): number {
  const next = runners.find(({ span }) => span.start > start);
  return next?.span.start ?? source.text.length;
}

/** Goes down by one value at a time. */
function* inJson(root: JsonValue, offset: number, toSource: (span: Span) => Span): Generator<Span> {
  for (let value: JsonValue | undefined = root; value; ) {
    const around: JsonValue = value;
    yield toSource(around.span);
    if (around.kind === "string") yield toSource(inner(around.span));
    value = around.items.find(({ span }) => touches(toSource(span), offset));
    const property = around.properties.find(({ span }) => touches(toSource(span), offset));
    if (!property) continue;
    yield toSource(property.span);
    yield toSource(property.keySpan);
    yield toSource(inner(property.keySpan));
    value = property.value;
  }
}

function inner({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

function* inCntlm(tree: CntlmConfTree, offset: number): Generator<Span> {
  const option = tree.options.find(({ line }) => touches(line, offset));
  if (option) yield* present(option.nameSpan, option.value.contentSpan, option.raw, option.span, option.line);
  for (const { role, hostSpan, portSpan } of tree.addresses) {
    if (role !== "socks5") yield* present(hostSpan, portSpan);
  }
}

function* inUnit(tree: SystemdDropinTree, offset: number): Generator<Span> {
  const directive = tree.directives.find(({ whole }) => touches(whole, offset));
  if (directive) yield* present(directive.keySpan, directive.valueSpan, directive.span, directive.whole);
  for (const [index, { span, nameSpan }] of tree.sections.entries()) {
    yield* present(span, nameSpan);
    yield { start: span.start, end: tree.sections[index + 1]?.span.start ?? tree.source.text.length };
  }
}

function* inAssignment({ span, name, value, variable }: Assignment, offset: number): Generator<Span> {
  if (!touches(span, offset)) return;
  yield* present(span, name.contentSpan, value.contentSpan, between(name.contentSpan, value.contentSpan));
  if (!variable) return;
  if (!holdsAddress(variable)) {
    for (const { index, 0: entry } of value.text.matchAll(/[^\s,]+/g)) {
      yield value.toSource({ start: index, end: index + entry.length });
    }
    return;
  }
  const { user, password, host, port } = parseAddress(value.text);
  const place = host && { start: host.start, end: Math.max(host.end, port?.end ?? 0) };
  for (const part of present(user, password, host, port, place)) yield value.toSource(part);
}

/** From the name to the end of the value, where they stand in this order. */
function between(name: Span, value: Span): Span | undefined {
  return name.start <= value.end ? { start: name.start, end: value.end } : undefined;
}

function* inScripts(document: Document, offset: number): Generator<Span> {
  for (const script of document.settings.scripts) {
    const text = script.texts.find(({ sourceSpan }) => touches(sourceSpan, offset));
    if (!text || script.repeated) continue;
    yield* present(text.sourceSpan, text.contentSpan);
    for (const command of readScript(script).commands) yield* inCommand(command, offset);
    for (const assignment of scriptAssignments(script).assignments) yield* inAssignment(assignment, offset);
  }
  for (const json of embeddedJson(document)) {
    const { content } = json;
    if (!touches(content.contentSpan, offset)) continue;
    yield content.contentSpan;
    const { root } = readEmbedded(json);
    if (root) yield* inJson(root, offset, (span) => content.toSource(span));
  }
}

function* inCommand(command: Command, offset: number): Generator<Span> {
  const { source, span, words, assignments, redirections } = command;
  const whole = source.toSource(span);
  if (!touches(whole, offset)) return;
  yield whole;
  for (const word of [...words, ...assignments.map((one) => one.word)]) yield* inWord(source, word, offset);
  for (const redirection of redirections) {
    yield source.toSource(redirection.span);
    if (redirection.target) yield* inWord(source, redirection.target, offset);
    if (redirection.hereDocument) yield redirection.hereDocument.text.contentSpan;
  }
  for (const { elements } of blocksAround(command)) {
    const [first, last] = [elements.find(isCommand), elements.findLast(isCommand)];
    if (first?.source !== source || last?.source !== source) continue;
    yield source.toSource({ start: first.span.start, end: last.span.end });
  }
}

function* inWord(source: MappedText, { span, text, expansions }: ShellWord, offset: number): Generator<Span> {
  const whole = source.toSource(span);
  if (!touches(whole, offset)) return;
  yield* present(whole, text.contentSpan);
  for (const expansion of expansions) {
    yield source.toSource(expansion.span);
    if (expansion.nameSpan) yield source.toSource(expansion.nameSpan);
  }
}
