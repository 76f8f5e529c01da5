import { insertProperty, removeProperty } from "../formats/docker-json/edit.js";
import type { JsonProperty } from "../formats/docker-json/node.js";
import type { DockerJsonTree } from "../formats/docker-json/tree.js";
import { nameIn } from "../proxy/variables.js";
import { quoteJson } from "../quoting/json.js";
import { lineEndingOf } from "../text/eol.js";
import { type Message, msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";
import { isOtherLevel, variableOfKey } from "./support/docker-levels.js";

export const dockerJsonLevel: Rule = {
  id: "docker-json-level",
  severity: "error",
  formats: ["docker-json"],
  docs: { summary: "A proxy key on the wrong level, or with the name that it has in Docker's other file." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "docker-json") return;
    const inside = [...tree.proxies, ...tree.endpoints.map(({ property }) => property)];
    const properties = new Set([...tree.keys, ...inside.flatMap(({ value }) => value?.properties ?? [])]);
    for (const property of properties) {
      if (!property.key.hasUnknown() && isOtherLevel(property, tree)) report(context, tree, property);
    }
  },
};

function report(context: RuleContext, tree: DockerJsonTree, property: JsonProperty): void {
  const fix = tree.kind === "daemon" ? daemonFix(context, tree, property) : clientFix(context, tree, property);
  context.report({
    span: property.keySpan,
    message: tree.kind === "daemon" ? daemonMessage(tree, property) : clientMessage(tree, property),
    ...(fix && { fixes: [{ ...fix, safe: true }] }),
  });
}

function clientMessage(tree: DockerJsonTree, property: JsonProperty): Message {
  const name = property.key.text;
  if (tree.keys.includes(property))
    return msg('The docker client ignores {0} here: it belongs into "proxies", "default".', name);
  if (isRightUnderProxies(tree, property)) {
    return msg(
      'The docker client cannot read the file: a level is missing above {0}, "proxies" holds "default".',
      name,
    );
  }
  return msg(
    "{0} is a name of daemon.json, which the docker client ignores: here it is {1}.",
    name,
    wantedName(tree, property),
  );
}

function daemonMessage(tree: DockerJsonTree, property: JsonProperty): Message {
  const name = property.key.text;
  if (name === "default")
    return msg(
      'dockerd does not start: "default" is a level of config.json. In daemon.json "proxies" holds http-proxy and its kin.',
    );
  if (!tree.keys.includes(property))
    return msg(
      "dockerd does not start: {0} is a name of config.json, here it is {1}.",
      name,
      wantedName(tree, property),
    );
  return name === wantedName(tree, property)
    ? msg('dockerd takes no proxy from {0} here: it belongs into "proxies".', name)
    : msg(
        'dockerd does not start: {0} is a name of config.json. Here it is {1}, in "proxies".',
        name,
        wantedName(tree, property),
      );
}

function wantedName(tree: DockerJsonTree, property: JsonProperty): string {
  const variable = variableOfKey(property.key.text);
  return (variable && nameIn(variable, tree.kind === "daemon" ? "daemon-key" : "client-key")) ?? property.key.text;
}

function isRightUnderProxies(tree: DockerJsonTree, property: JsonProperty): boolean {
  return tree.proxies.some(({ value }) => value === property.parent);
}

interface LevelFix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

function rename(tree: DockerJsonTree, property: JsonProperty): LevelFix | undefined {
  const wanted = wantedName(tree, property);
  if (wanted === property.key.text || property.parent.fields(wanted).some((other) => other !== property))
    return undefined;
  return { title: msg("Rename to {0}", wanted), edits: [{ span: property.keySpan, newText: quoteJson(wanted) }] };
}

function clientFix(context: RuleContext, tree: DockerJsonTree, property: JsonProperty): LevelFix | undefined {
  const title = msg('Put it under "default"');
  if (tree.keys.includes(property)) {
    const target = tree.endpoints.find(({ name }) => name.text === "default")?.property.value;
    return move(context.text, tree, property, target, '"proxies": { "default": {', "} }", title);
  }
  if (!isRightUnderProxies(tree, property)) return rename(tree, property);
  const proxies = property.parent;
  // Beside a level that is there already there is no telling what is meant.
  if (!proxies.properties.every((other) => variableOfKey(other.key.text))) return undefined;
  return { title, edits: wrapInDefault(context.text, tree, proxies) };
}

/** One more level around all that "proxies" holds, indented as the file is. */
function wrapInDefault(text: string, tree: DockerJsonTree, proxies: JsonProperty["parent"]): readonly TextEdit[] {
  const { span } = proxies;
  const renames = proxies.properties.flatMap((property) => rename(tree, property)?.edits ?? []);
  const body = text.slice(span.start, span.end);
  if (!body.includes("\n")) {
    return [
      { span: { start: span.start, end: span.start }, newText: '{ "default": ' },
      ...renames,
      { span: { start: span.end, end: span.end }, newText: " }" },
    ];
  }
  const eol = lineEndingOf(text);
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", span.start - 1) + 1))?.[0] ?? "";
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const lines = [...body.matchAll(/\n/g)].map((match) => span.start + match.index + 1);
  return [
    { span: { start: span.start, end: span.start }, newText: `{${eol}${outer}${unit}"default": ` },
    ...lines.map((at) => ({ span: { start: at, end: at }, newText: unit })),
    ...renames,
    { span: { start: span.end, end: span.end }, newText: `${eol}${outer}}` },
  ];
}

function daemonFix(context: RuleContext, tree: DockerJsonTree, property: JsonProperty): LevelFix | undefined {
  if (property.key.text === "default") return undefined;
  if (!tree.keys.includes(property)) return rename(tree, property);
  const target = tree.proxies.at(-1)?.value;
  return move(context.text, tree, property, target, '"proxies": {', "}", msg('Move into "proxies"'));
}

/** Takes a top-level property away and puts it into `target`, or makes the object for it in its place. */
function move(
  text: string,
  tree: DockerJsonTree,
  property: JsonProperty,
  target: JsonProperty["value"],
  open: string,
  close: string,
  title: Message,
): LevelFix | undefined {
  const { value } = property;
  if (!value) return undefined;
  const written = text.slice(value.span.start, value.span.end);
  const wanted = wantedName(tree, property);
  if (target?.kind === "object") {
    if (target.fields(wanted).length > 0) return undefined;
    return { title, edits: [...insertProperty(text, target, wanted, written), ...removeProperty(text, property)] };
  }
  if (tree.proxies.length > 0) return undefined;
  return { title, edits: [{ span: property.span, newText: `${open} ${quoteJson(wanted)}: ${written} ${close}` }] };
}
