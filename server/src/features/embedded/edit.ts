import { parseDockerJson } from "../../formats/docker-json/parse.js";
import { variableOf } from "../../proxy/variables.js";
import type { Service } from "../../service.js";
import type { Range } from "../../text/line-index.js";
import { type Message, msg } from "../../text/message.js";
import { applyEdits, type TextEdit, touches } from "../../text/span.js";
import { Document } from "../../workspace/document.js";
import { type EmbeddedJson, embeddedJson } from "./embedded-json.js";
import { layout } from "./layout.js";
import { jsonEdits } from "./text-edits.js";
import { tokensOf } from "./tokens.js";

/** JSON of a script, to be edited as a document of its own. */
export interface EmbeddedText {
  /** Names it in its document. */
  readonly id: string;
  /** The script's key, for people. */
  readonly label: string;
  /** Laid out for people where the script has it on one line. */
  readonly text: string;
  /** What the file held when it was read; to be handed back with what is to be written. */
  readonly version: string;
}

export type EmbeddedRead = EmbeddedText | { readonly problem: Message };
export type EmbeddedWrite =
  | { readonly edits: readonly { readonly range: Range; readonly newText: string }[]; readonly version: string }
  | { readonly problem: Message };

/**
 * The JSON that a script writes to .docker/config.json, all quoting undone. What the shell puts in stands as `$NAME`.
 * @param which an offset in the script, or an id; where neither leads to one, the only one of the document
 */
export function readEmbedded(service: Service, uri: string, which: number | string | undefined): EmbeddedRead {
  const document = service.document(uri);
  if (!document) return { problem: noJson() };
  const found = findJson(document, which);
  if (!found) return { problem: noJson() };
  const { id, script, content } = found;
  return { id, label: script.key, text: layout(content.text), version: content.text };
}

/**
 * The edits that put an edited text into the place of the one that was read, through all quotings. Words that stay are not touched.
 * A `$NAME` that is typed is the shell's where the place lets the shell expand.
 */
export function writeEmbedded(service: Service, uri: string, id: string, version: string, text: string): EmbeddedWrite {
  const document = service.document(uri);
  const found = document && findJson(document, id);
  if (!document || found?.id !== id) return { problem: msg("The script is no longer in the file.") };
  const { content } = found;
  if (content.text !== version)
    return { problem: msg("The script has changed in its file meanwhile. Reopen the JSON.") };
  if (!isValid(text)) return { problem: msg("This is no valid JSON, which docker would ignore. It is not written.") };
  const inner = jsonEdits(content.text, text);
  const wanted = applyEdits(content.text, inner);
  const edits = written(found, inner);
  if (!edits || !holds(document, edits, found, wanted)) {
    return { problem: msg("The quoting of the script has no way to write this. Edit the script itself.") };
  }
  const { lines } = document;
  return { edits: edits.map(({ span, newText }) => ({ range: lines.range(span), newText })), version: wanted };
}

function noJson(): Message {
  return msg("There is no script here that writes JSON to .docker/config.json.");
}

function findJson(document: Document, which: number | string | undefined): EmbeddedJson | undefined {
  const all = embeddedJson(document);
  if (typeof which === "string") return all.find(({ id }) => id === which);
  const inContent = all.find(({ content }) => which !== undefined && touches(content.contentSpan, which));
  const inScript = all.find(({ script: { keySpan, texts } }) => {
    return (
      which !== undefined && [keySpan, ...texts.map(({ sourceSpan }) => sourceSpan)].some((s) => touches(s, which))
    );
  });
  return inContent ?? inScript ?? (all.length === 1 ? all[0] : undefined);
}

/** What the docker client can read, once the shell has put its values in. A proxy variable is never JSON by itself. */
function isValid(text: string): boolean {
  const filled = tokensOf(text, true).map((token) => {
    const name = /^\$\{?(\w+)\}?$/.exec(token.text)?.[1];
    return name === undefined || variableOf(name) ? token.text : "null";
  });
  return text.trim() !== "" && parseDockerJson(filled.join(""), "file:///.docker/config.json").problems.length === 0;
}

/** Stands for a `$` that is the shell's while the layers quote all others; of Unicode's private use. */
const dollar = "\ue000";

function written({ content }: EmbeddedJson, inner: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const found: TextEdit[] = [];
  for (const { span, newText } of inner) {
    if (newText.includes(dollar)) return undefined;
    const marked = newText.replace(/\$(?=[A-Za-z_]|\{[A-Za-z_]\w*\})/g, dollar);
    const edits = content.replace(span, marked);
    if (!edits) return undefined;
    found.push(...edits.map((edit) => ({ ...edit, newText: edit.newText.replaceAll(dollar, "$") })));
  }
  return found;
}

/** Whether the document, once edited, holds just this text in this place, and all else as before. */
function holds(document: Document, edits: readonly TextEdit[], before: EmbeddedJson, wanted: string): boolean {
  const { id } = before;
  const after = new Document(document.uri, applyEdits(document.text, edits), document.version, document.format);
  const found = embeddedJson(after).find((json) => json.id === id);
  if (before.certain && !found?.certain) return false;
  return found?.content.text === wanted && others(after, id) === others(document, id);
}

/** Everything that programs are given, but for the script with the JSON. */
function others(document: Document, id: string): string {
  const { tree, settings } = document;
  const all = embeddedJson(document);
  const own = all.find((json) => json.id === id)?.script;
  return JSON.stringify([
    tree.problems.length,
    settings.scopes.map((scope) => [scope.id, scope.assignments.map(({ name, value }) => [name.text, value.text])]),
    settings.scripts
      .filter(({ key, group }) => key !== own?.key || group !== own.group)
      .map(({ key, group, texts }) => [key, group, texts.map(({ text }) => text)]),
    all.filter((json) => json.id !== id).map((json) => [json.id, json.content.text]),
  ]);
}
