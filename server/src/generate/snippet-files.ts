import { type FormatId, formatIds } from "../formats/format.js";
import { defaultOptions } from "../options.js";
import { english } from "../text/message.js";
import { fillSnippet, snippets } from "./snippets.js";
import { snippetText, type Template } from "./template.js";

/** A snippet as VS Code's snippet files have it. */
export interface SnippetEntry {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * The files of `snippets/`, by format: what any editor that reads such files can offer while typing. The prefixes begin
 * with `runner-proxy-`, so that they stay out of the way in other files of the same language.
 */
export function snippetFiles(): ReadonlyMap<FormatId, Readonly<Record<string, SnippetEntry>>> {
  return new Map(
    formatIds.map((format) => {
      const own = snippets.filter((snippet) => snippet.format === format);
      const entries = own.map(({ id, label, detail }): [string, SnippetEntry] => {
        const filled = fillSnippet(id, {}, defaultOptions.docker0Address);
        return [english(label), entry(id, english(detail), "template" in filled ? filled.template : [])];
      });
      return [format, Object.fromEntries(entries)];
    }),
  );
}

function entry(id: string, description: string, template: Template): SnippetEntry {
  return { prefix: `runner-proxy-${id}`, description, body: snippetText(template).trimEnd().split("\n") };
}
