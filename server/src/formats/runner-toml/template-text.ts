import { type Layer, type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { TemplateReader } from "./toml/template.js";

const template: Layer = { name: "template", encode: (text) => text };

/** Names in the place of a whole text: `@TOKEN@`, `%TOKEN%`, `##TOKEN##`. */
const placeholder = /^(?:@\w+@|%\w+%|##\w+##)$/;

/** The stretches of a string that another tool fills in, in order. Linear. */
export function templateSpans(text: string): readonly Span[] {
  if (placeholder.test(text)) return [{ start: 0, end: text.length }];
  if (!/\{[{%#]|<%|\$\{|%\{/.test(text)) return [];
  const reader = new TemplateReader(text);
  const out: Span[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 123 && code !== 60 && code !== 36 && code !== 37) continue;
    const end = reader.inString(at);
    if (end === undefined) continue;
    out.push({ start: at, end });
    at = end - 1;
  }
  return out;
}

/** The same text, with what another tool fills in marked as unknown. */
export function withTemplates(text: MappedText): MappedText {
  const spans = templateSpans(text.text);
  if (spans.length === 0) return text;
  const out = new MappedTextBuilder(text, template);
  let from = 0;
  for (const { start, end } of spans) {
    out.exact(from, start).exact(start, end, "", true);
    from = end;
  }
  return out.exact(from, text.text.length).build({ start: 0, end: text.text.length });
}
