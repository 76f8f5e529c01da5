import type { Tree } from "../../formats/index.js";
import type { Script } from "../../proxy/settings.js";
import { dialectsOf } from "../../shell/dialects.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../../shell/facts/docker-config.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type Span, touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";

/** JSON, or what was meant to be JSON, that a script writes to a `.docker/config.json`. */
export interface WrittenJson {
  readonly script: Script;
  /** The text of the script that it stands in. */
  readonly text: MappedText;
  readonly write: DockerConfigWrite;
  /** As the first of the shells writes it that may run the script. */
  readonly content: MappedText;
}

const known = new WeakMap<Tree, readonly WrittenJson[]>();

/** Every JSON that scripts of a document write, broken or not, each text of a script once. */
export function writtenJson(document: Document): readonly WrittenJson[] {
  let found = known.get(document.tree);
  if (!found) {
    found = document.settings.scripts.filter(({ repeated }) => !repeated).flatMap(inScript);
    known.set(document.tree, found);
  }
  return found;
}

function inScript(script: Script): readonly WrittenJson[] {
  const seen = new Set<MappedText>();
  return dockerConfigWrites(script).flatMap((write) => {
    const content = dialectsOf(script)
      .map((dialect) => write.content[dialect])
      .find((one) => one !== undefined);
    const text = content && script.texts.find(({ sourceSpan }) => touches(sourceSpan, content.contentSpan.start));
    if (!text || !/proxies|^\s*\{/.test(content.text) || seen.has(text)) return [];
    seen.add(text);
    return [{ script, text, write, content }];
  });
}

/**
 * The JSON that a script writes at a place.
 * @param offset in the document, in the script or at its key; where none is written there, the only one of the document
 */
export function writtenAt(document: Document, offset: number | undefined): WrittenJson | undefined {
  const all = writtenJson(document);
  const near = (spans: (one: WrittenJson) => readonly Span[]) =>
    all.find((one) => offset !== undefined && spans(one).some((span) => touches(span, offset)));
  return (
    near(({ text }) => [text.sourceSpan]) ??
    near(({ script: { keySpan, texts } }) => [keySpan, ...texts.map(({ sourceSpan }) => sourceSpan)]) ??
    (all.length === 1 ? all[0] : undefined)
  );
}
