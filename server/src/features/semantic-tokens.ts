import type { JsonValue } from "../formats/docker-json/index.js";
import type { Service } from "../service.js";
import { invocation } from "../shell/program.js";
import { eachExpansion } from "../shell/read.js";
import { ownCommands } from "../shell/script.js";
import type { Range } from "../text/line-index.js";
import type { Span } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { embeddedJson, readEmbedded } from "./embedded/embedded-json.js";

export const tokenTypes = ["function", "variable", "property"] as const;
export type TokenType = (typeof tokenTypes)[number];

/** A word inside of a string that means something there. On one line; in the order of the text; they do not overlap. */
export interface SemanticToken {
  readonly range: Range;
  readonly type: TokenType;
}

interface Marked extends Span {
  readonly type: TokenType;
}

/** Programs and variables of the shell, and keys of JSON, in strings that the editor's grammars colour alike. */
export function semanticTokens(service: Service, uri: string): readonly SemanticToken[] {
  const document = service.document(uri);
  if (!document) return [];
  const found: SemanticToken[] = [];
  let end = 0;
  for (const mark of [...inShell(document), ...inJson(document)].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const range = document.lines.range(mark);
    if (mark.start < end || mark.end <= mark.start || range.start.line !== range.end.line) continue;
    found.push({ range, type: mark.type });
    end = mark.end;
  }
  return found;
}

function* inShell({ settings }: Document): Generator<Marked> {
  for (const script of settings.scripts) {
    if (script.repeated) continue;
    for (const command of ownCommands(script)) {
      const { source } = command;
      const call = invocation(command);
      if (call) yield { ...source.toSource(call.program.span), type: "function" };
      const names: Marked[] = [];
      eachExpansion(command, ({ name, span }) => {
        if (name !== undefined) names.push({ ...source.toSource(span), type: "variable" });
      });
      yield* names;
    }
  }
}

function* inJson(document: Document): Generator<Marked> {
  for (const json of embeddedJson(document)) {
    const queue: JsonValue[] = [readEmbedded(json).root].filter((root) => root !== undefined);
    for (let value = queue.pop(); value; value = queue.pop()) {
      for (const property of value.properties) {
        const { start, end } = property.keySpan;
        yield { ...json.content.toSource({ start: start + 1, end: Math.max(start + 1, end - 1) }), type: "property" };
        if (property.value) queue.push(property.value);
      }
      for (const item of value.items) queue.push(item);
    }
  }
}
