import {
  clientKeys,
  daemonFreeObjects,
  daemonKeys,
  daemonOptionsWithoutEffect,
  daemonProxyKeys,
  endpointKeys,
  foldName,
} from "../formats/docker-json/keys.js";
import type { JsonProperty } from "../formats/docker-json/node.js";
import type { DockerJsonTree } from "../formats/docker-json/tree.js";
import { hasFreeKeys, isKnownTable, keyInfo, nearestKeys, tableInfo } from "../formats/runner-toml/keys/index.js";
import type { Member, TomlTable } from "../formats/runner-toml/toml/nodes.js";
import type { RunnerTomlTree } from "../formats/runner-toml/tree.js";
import { quoteJson } from "../quoting/json.js";
import { msg } from "../text/message.js";
import { nearest } from "../text/nearest.js";
import type { Span } from "../text/span.js";
import { homeOf } from "./misplaced-key.js";
import { removedKeyAt } from "./removed-key.js";
import type { Rule, RuleContext } from "./rule.js";
import { isOtherLevel } from "./support/docker-levels.js";
import { allTables } from "./support/toml-tables.js";

export const unknownKey: Rule = {
  id: "unknown-key",
  severity: "warning",
  formats: ["runner-toml", "docker-json"],
  docs: { summary: "A key that the program does not know." },
  check(context) {
    const { tree } = context;
    if (tree.format === "runner-toml") checkToml(context, tree);
    else if (tree.format === "docker-json" && tree.kind === "daemon") checkDaemon(context, tree);
    else if (tree.format === "docker-json") checkClient(context, tree);
  },
};

function checkToml(context: RuleContext, tree: RunnerTomlTree): void {
  for (const { table, path } of allTables(tree)) {
    if (!isKnownTable(path) || hasFreeKeys(path)) continue;
    for (const [name, member] of table.members) {
      if (keyInfo(path, name) || removedKeyAt(path, name)) continue;
      if (member.kind === "entry" && homeOf(path, name)) continue;
      const span = nameSpan(member);
      if (!span) continue;
      const [near] = nearestKeys(path, name).filter(({ key }) => isTable(path, key) === (member.kind !== "entry"));
      context.report({
        span,
        message: near
          ? msg("GitLab Runner does not know {0} and ignores it: {1} is meant?", name, near.key)
          : msg("GitLab Runner does not know {0} here and ignores it.", name),
        ...(near && {
          fixes: [{ title: msg("Rename to {0}", near.key), edits: [{ span, newText: near.key }], safe: true }],
        }),
      });
    }
  }
}

function isTable(path: string, key: string): boolean {
  const info = tableInfo(path === "" ? key : `${path}.${key}`);
  return info?.type.includes("table") ?? false;
}

/** An entry's key, or the part of a header that names the table: the first header of its own or of a table below it. */
function nameSpan(member: Member): Span | undefined {
  if (member.kind === "entry") return member.key;
  let depth = -1;
  for (let at: TomlTable | undefined = member.kind === "table" ? member : member.parent; at; at = at.parent) depth++;
  const place = member.kind === "table" ? depth - 1 : depth;
  const queue: Member[] = [member];
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.kind === "entry") continue;
    for (const table of next.kind === "table" ? [next] : next.tables) {
      const part = table.sections[0]?.header?.parts[place];
      if (part) return part;
      for (const member of table.members.values()) queue.push(member);
    }
  }
  return undefined;
}

/** dockerd looks at the names of the file and, one level down, at those of the objects that it does not leave free. */
function checkDaemon(context: RuleContext, tree: DockerJsonTree): void {
  const known = [...Object.keys(daemonKeys), ...daemonOptionsWithoutEffect];
  for (const property of tree.keys) {
    const name = property.key.text;
    if (!known.includes(name)) reportJson(context, property, Object.keys(daemonKeys), tree);
    else if (Object.hasOwn(daemonKeys, `${name}s`) && !Object.hasOwn(daemonKeys, name))
      reportSingular(context, property);
    else if (name === "proxies") {
      for (const inner of property.value?.properties ?? []) {
        if (!Object.hasOwn(daemonProxyKeys, inner.key.text))
          reportJson(context, inner, Object.keys(daemonProxyKeys), tree);
      }
    } else if (!daemonFreeObjects.includes(name) && daemonKeys[name]?.keys) {
      const keys = Object.keys(daemonKeys[name]?.keys ?? {});
      for (const inner of property.value?.kind === "object" ? property.value.properties : []) {
        if (!keys.includes(inner.key.text)) reportJson(context, inner, keys, tree);
      }
    }
  }
}

/** The client takes any name without a word. Only what is nearly `proxies`, and the names under it, are judged. */
function checkClient(context: RuleContext, tree: DockerJsonTree): void {
  const folded = Object.keys(clientKeys).map(foldName);
  for (const property of tree.keys) {
    const name = property.key.text;
    if (!folded.includes(foldName(name)) && nearest(name, ["proxies"]))
      reportJson(context, property, ["proxies"], tree);
  }
  for (const endpoint of tree.endpoints) {
    for (const property of endpoint.properties) {
      const known = Object.keys(endpointKeys);
      if (!known.map(foldName).includes(foldName(property.key.text))) reportJson(context, property, known, tree);
    }
  }
}

/** An option of the command line whose key in daemon.json is the plural: dockerd starts, and the key does nothing. */
function reportSingular(context: RuleContext, { key, keySpan }: JsonProperty): void {
  const plural = `${key.text}s`;
  context.report({
    span: keySpan,
    message: msg("dockerd ignores {0} in this file: {1} is meant?", key.text, plural),
    fixes: [
      { title: msg("Rename to {0}", plural), edits: [{ span: keySpan, newText: quoteJson(plural) }], safe: false },
    ],
  });
}

function reportJson(
  context: RuleContext,
  property: JsonProperty,
  known: readonly string[],
  tree: DockerJsonTree,
): void {
  const name = property.key.text;
  if (property.key.hasUnknown() || isOtherLevel(property, tree)) return;
  const near = nearest(name, known);
  const daemon = tree.kind === "daemon";
  context.report({
    span: property.keySpan,
    ...(daemon && { severity: "error" as const }),
    message: near
      ? daemon
        ? msg("dockerd does not start: it does not know {0}. {1} is meant?", name, near)
        : msg("The docker client ignores {0}: {1} is meant?", name, near)
      : daemon
        ? msg("dockerd does not start: it does not know {0}.", name)
        : msg("The docker client ignores {0}.", name),
    ...(near && {
      fixes: [
        {
          title: msg("Rename to {0}", near),
          edits: [{ span: property.keySpan, newText: quoteJson(near) }],
          safe: true,
        },
      ],
    }),
  });
}
