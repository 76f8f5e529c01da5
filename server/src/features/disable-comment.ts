import type { FileEdit, Finding } from "../service.js";
import { applyEdits, type TextEdit } from "../text/span.js";
import { Document } from "../workspace/document.js";

/** A comment above the finding's line that silences its rule there; undefined where no comment can stand. */
export function disableNextLine(document: Document, finding: Finding): readonly FileEdit[] | undefined {
  const comment = document.format.comment;
  if (!comment) return undefined;
  const line = document.lines.line(finding.range.start.line);
  const indent = /^[ \t]*/.exec(document.text.slice(line.start, line.end))?.[0] ?? "";
  return insertion(document, line.start, indent + comment(`runner-proxy-disable-next-line ${finding.rule}`));
}

/** A comment at the top that silences the finding's rule in the file; undefined where no comment can stand. */
export function disableInFile(document: Document, finding: Finding): readonly FileEdit[] | undefined {
  const comment = document.format.comment;
  if (!comment) return undefined;
  const top = document.text.startsWith("\uFEFF") ? 1 : 0;
  return insertion(document, top, comment(`runner-proxy-disable ${finding.rule}`));
}

function insertion(document: Document, at: number, line: string): readonly FileEdit[] | undefined {
  const newText = line + lineEnding(document.text);
  const edit: TextEdit = { span: { start: at, end: at }, newText };
  if (!keepsMeaning(document, edit)) return undefined;
  return [{ uri: document.uri, range: document.lines.range(edit.span), newText }];
}

function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Inside a value that runs over several lines, a line with a comment would be a part of the value. */
function keepsMeaning(document: Document, edit: TextEdit): boolean {
  const text = applyEdits(document.text, [edit]);
  return meaning(document) === meaning(new Document(document.uri, text, document.version, document.format));
}

function meaning({ tree, settings }: Document): string {
  return JSON.stringify([
    tree.problems.length,
    settings.scopes.map(({ id, assignments }) => [id, assignments.map(({ name, value }) => [name.text, value.text])]),
    settings.scripts.map(({ key, texts }) => [key, texts.map(({ text }) => text)]),
    settings.services.map(({ image }) => image.text),
    settings.hosts.map(({ value }) => value.text),
    settings.addresses.map(({ value }) => value.text),
  ]);
}
