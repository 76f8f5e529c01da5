import { parseDockerJson } from "../../formats/docker-json/parse.js";
import { dockerJsonSettings } from "../../formats/docker-json/settings.js";
import type { DockerJsonTree } from "../../formats/docker-json/tree.js";
import type { Tree } from "../../formats/index.js";
import type { Script } from "../../proxy/settings.js";
import { holdsAddress } from "../../proxy/variables.js";
import { decodeJsonString } from "../../quoting/json.js";
import { dialectsOf } from "../../shell/dialects.js";
import { dockerConfigWrites } from "../../shell/facts/docker-config.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Document } from "../../workspace/document.js";

/** The JSON that a script writes to a `.docker/config.json`. */
export interface EmbeddedJson {
  /** Unique in the document, the same as long as the script and its place stay. */
  readonly id: string;
  readonly script: Script;
  /** The JSON with all quoting undone; what the shell puts in stands as `$NAME`, and is unknown. */
  readonly content: MappedText;
  /** All shells that may run the script write the same. */
  readonly certain: boolean;
}

const known = new WeakMap<Tree, readonly EmbeddedJson[]>();

/** Every JSON that scripts of a document write in one piece, in the order of the scripts. */
export function embeddedJson(document: Document): readonly EmbeddedJson[] {
  let found = known.get(document.tree);
  if (!found) {
    found = document.settings.scripts.filter(({ repeated }) => !repeated).flatMap(inScript);
    known.set(document.tree, found);
  }
  return found;
}

function inScript(script: Script): readonly EmbeddedJson[] {
  const writes = dockerConfigWrites(script);
  // One command begins the file and others add to it: none of them writes JSON.
  if (writes.some(({ append }) => append)) return [];
  return writes.flatMap(({ content }, index) => {
    const texts = dialectsOf(script).map((dialect) => content[dialect]);
    const text = texts.find((one) => one !== undefined);
    if (!text?.text.trimStart().startsWith("{")) return [];
    const certain = texts.every((one) => one?.text === text.text);
    return [{ id: `${script.group}/${script.key}/${index}`, script, content: text, certain }];
  });
}

/** How the JSON is read as the docker client's own file. */
export function readEmbedded({ content }: EmbeddedJson): DockerJsonTree {
  return parseDockerJson(content.text, "file:///.docker/config.json");
}

/** The addresses of proxies in the JSON of a document's scripts. */
export function embeddedProxies(document: Document): readonly MappedText[] {
  return embeddedJson(document).flatMap((json) =>
    dockerJsonSettings(readEmbedded(json)).scopes.flatMap(({ assignments }) =>
      assignments
        .filter(({ variable }) => variable !== undefined && holdsAddress(variable))
        .map(({ value }) => decodeJsonString(json.content, value.sourceSpan)),
    ),
  );
}
