import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Connection,
  InsertTextFormat,
  InsertTextMode,
} from "vscode-languageserver";
import { type Completion, completion, documentationOf } from "../features/completion/completion.js";
import { isTopic } from "../features/meaning/topic.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";
import type { Span } from "../text/span.js";

/** What the client makes of a completion. */
export interface CompletionClient {
  readonly snippets: boolean;
  /** It has VS Code's command that opens the list of completions. */
  readonly suggestsAgain: boolean;
  /** Another extension completes a YAML file's keywords from its schema. */
  readonly knowsYaml: boolean;
}

/** Characters after which the editor asks on its own. */
export const triggerCharacters: readonly string[] = ['"', "'", "=", "[", ",", "$"];

const kinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  table: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.Value,
  host: CompletionItemKind.Value,
};

/** Answers completions at once, and what is to be read beside one when it is looked at. */
export function serveCompletion(
  connection: Connection,
  service: Service,
  client: CompletionClient,
  localize: Localize,
): void {
  connection.onCompletion(({ textDocument, position }) =>
    completion(service, textDocument.uri, position, localize, !client.knowsYaml).map((found) => toItem(found, client)),
  );
  connection.onCompletionResolve((item) => {
    const topic: unknown = item.data;
    const documentation = isTopic(topic) ? documentationOf(topic, localize) : undefined;
    return documentation === undefined ? item : { ...item, documentation };
  });
}

function toItem(found: Completion, client: CompletionClient): CompletionItem {
  const { label, kind, detail, range, newText, hole, topic, deprecated, more, sortText } = found;
  const snippet = client.snippets && hole !== undefined;
  return {
    label,
    kind: kinds[kind],
    sortText,
    // The editor filters by what stands in the range, which may begin with a quote.
    filterText: newText,
    textEdit: { range, newText: snippet ? snippetOf(newText, hole) : newText },
    // Further lines bring their indentation along.
    ...(newText.includes("\n") && { insertTextMode: InsertTextMode.asIs }),
    ...(snippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(detail !== undefined && { detail }),
    ...(topic && { data: topic }),
    ...(deprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(more && snippet && client.suggestsAgain && { command: { title: "", command: "editor.action.triggerSuggest" } }),
  };
}

function snippetOf(text: string, { start, end }: Span): string {
  const [before, hole, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(escaped);
  return hole === "" ? `${before}$0${after}` : `${before}\${1:${hole}}${after}`;
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
