import { applyEdits as applyJsonEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";
import type { DockerJsonTree } from "../../formats/docker-json/index.js";
import { lineEndingOf } from "../../text/eol.js";
import { msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import type { Template } from "../template.js";
import type { ProxyValues } from "../values.js";
import { difference, laidOut, type Placement } from "./placement.js";
import { withVariables } from "./variables.js";

/** The keys that the file lacks, below what it has of the way to them; the whole object into an empty file. */
export function placeInDockerJson(
  document: Document,
  tree: DockerJsonTree,
  kind: DockerJsonTree["kind"],
  block: Template,
  values: ProxyValues,
): Placement {
  const { text } = document;
  if (text.trim() === "") {
    return { edits: [{ span: { start: 0, end: text.length }, template: laidOut(block, lineEndingOf(text)) }] };
  }
  if (tree.kind !== kind) {
    return {
      problem:
        kind === "daemon"
          ? msg("This block belongs into daemon.json.")
          : msg("This block belongs into .docker/config.json."),
    };
  }
  const keys: readonly (readonly [string, string])[] = [
    [kind === "daemon" ? "http-proxy" : "httpProxy", values.httpProxy],
    [kind === "daemon" ? "https-proxy" : "httpsProxy", values.httpsProxy],
    [kind === "daemon" ? "no-proxy" : "noProxy", values.noProxy],
  ];
  const scope = document.settings.scopes.find(({ id }) => id === (kind === "daemon" ? "proxies" : "proxies.default"));
  const after = scope?.assignments.length
    ? withVariables(document, scope, keys)
    : inserted(text, kind === "daemon" ? ["proxies"] : pathTo(tree), keys);
  if (after === undefined) return { problem: msg("The file has to be valid JSON first.") };
  const edits = difference(text, after);
  return edits.length > 0 ? { edits } : { problem: msg("The file holds all of this already.") };
}

/** The client finds `proxies` in any letter case. */
function pathTo(tree: DockerJsonTree): readonly string[] {
  return [tree.proxies.at(-1)?.key.text ?? "proxies", "default"];
}

function inserted(
  text: string,
  path: readonly string[],
  keys: readonly (readonly [name: string, value: string])[],
): string | undefined {
  const indentation = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const formattingOptions = {
    insertSpaces: !indentation.startsWith("\t"),
    tabSize: indentation.startsWith("\t") ? 1 : indentation.length,
    eol: lineEndingOf(text),
  };
  const set = (value: string, at: readonly string[], to: unknown) =>
    applyJsonEdits(value, modify(value, [...at], to, { formattingOptions }));
  let after = text;
  try {
    for (const [index] of path.entries()) {
      const way = path.slice(0, index + 1);
      const root = parseTree(after);
      if (root && findNodeAtLocation(root, way)?.type === "null") after = set(after, way, {});
    }
    for (const [name, value] of keys) after = set(after, [...path, name], value);
  } catch {
    // jsonc-parser throws where something else than an object stands in the way.
    return undefined;
  }
  return after;
}
