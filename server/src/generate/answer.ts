import {
  type DindDefaults,
  type DindDefaultsParams,
  type DindScriptParams,
  type InsertionResult,
  type InsertSnippetParams,
  isDindScriptRequest,
  type PreviewResult,
  type SnippetInfo,
  type SnippetsParams,
} from "../protocol.js";
import type { Service } from "../service.js";
import type { Position } from "../text/line-index.js";
import { type Localize, msg } from "../text/message.js";
import { dindDefaults } from "./defaults.js";
import { type Insertion, insertDindScript, insertSnippet, listSnippets } from "./insert.js";
import { previewDindScript } from "./preview.js";
import { fillSnippet, isSnippetId } from "./snippets.js";
import { snippetText } from "./template.js";
import { workspaceValues } from "./workspace-values.js";

/** Answers `runnerProxy/snippets`. */
export function answerSnippets(service: Service, localize: Localize, { uri }: SnippetsParams): SnippetInfo[] {
  return listSnippets(service, uri).map(({ id, label, detail, fits }) => {
    return { id, label: localize(label), detail: localize(detail), fits };
  });
}

/** Answers `runnerProxy/insertSnippet`. */
export function answerInsertSnippet(
  service: Service,
  localize: Localize,
  params: InsertSnippetParams,
): InsertionResult {
  const { uri, id, position } = params;
  if (!isSnippetId(id)) return { problem: localize(msg("There is no snippet {0}.", id)) };
  if (service.document(uri))
    return located(service, localize, uri, insertSnippet(service, uri, id, {}, offsetOf(service, uri, position)));
  // A file of no known format takes the whole block where the cursor is.
  const filled = fillSnippet(id, workspaceValues(service, uri), service.options.docker0Address);
  if ("problem" in filled) return { problem: localize(filled.problem) };
  const at = position ?? { line: 0, character: 0 };
  return { edits: [{ range: { start: at, end: at }, newText: snippetText(filled.template), snippet: true }] };
}

/** Answers `runnerProxy/dindDefaults`. */
export function answerDindDefaults(service: Service, { uri, position }: DindDefaultsParams): DindDefaults {
  return dindDefaults(service, uri, offsetOf(service, uri, position));
}

/** Answers `runnerProxy/dindScript`. */
export function answerDindScript(service: Service, localize: Localize, params: DindScriptParams): InsertionResult {
  const { uri, position, request } = params;
  if (!isDindScriptRequest(request))
    return { problem: localize(msg("The request does not say what script is wanted.")) };
  return located(service, localize, uri, insertDindScript(service, uri, request, offsetOf(service, uri, position)));
}

/** Answers `runnerProxy/previewDindScript`. */
export function answerPreview(service: Service, localize: Localize, params: DindScriptParams): PreviewResult {
  const { uri, position, request } = params;
  if (!isDindScriptRequest(request))
    return { problem: localize(msg("The request does not say what script is wanted.")) };
  const preview = previewDindScript(service, uri, request, offsetOf(service, uri, position));
  if ("problem" in preview) return { problem: localize(preview.problem) };
  return { layers: preview.layers.map(({ title, language, text }) => ({ title: localize(title), language, text })) };
}

function offsetOf(service: Service, uri: string, position: Position | undefined): number {
  return position ? (service.document(uri)?.lines.offset(position) ?? 0) : 0;
}

function located(service: Service, localize: Localize, uri: string, insertion: Insertion): InsertionResult {
  if ("problem" in insertion) return { problem: localize(insertion.problem) };
  const lines = service.document(uri)?.lines;
  if (!lines) return { edits: [] };
  return {
    edits: insertion.edits.map(({ span, newText, snippet }) => ({ range: lines.range(span), newText, snippet })),
  };
}
