import type { Span } from "./span.js";

/**
 * A stretch that another tool fills in before the program reads the file.
 * - `value`: something stands in its place (`{{ x }}`, `<%= x %>`, `@NAME@`, `${NAME}`)
 * - `control`: nothing does (`{% if %}`, `{# #}`, `<% %>`, `%{ if }`), but what lies around it may be left out or repeated
 */
export interface Hole extends Span {
  readonly kind: "value" | "control";
}

export interface HoleOptions {
  /** `${NAME}` is a hole too: for files in which the program itself gives it no meaning. */
  readonly braces: boolean;
}

const tags: readonly (readonly [open: string, close: string, kind: Hole["kind"]])[] = [
  ["{{", "}}", "value"],
  ["{%", "%}", "control"],
  ["{#", "#}", "control"],
  ["<%", "%>", "control"],
];

/** The start of any hole; one pass finds them all. Of Terraform's: directives (`%{ if x }`), names and calls (`${jsonencode(x)}`). */
const opening =
  /\{[{%#]|<%|@[A-Z][A-Z\d_]+@|%\{~? *(?:if|else|endif|for|endfor)\b[^{}\n]{0,200}\}|\$\{[A-Za-z_][\w.]*(?:[([][^{}\n]{0,200}|:?[-=?+][^{}\n]{0,200})?\}/g;

/** The holes of a text, in order, apart from each other. Linear in the text's length. */
export function templateHoles(text: string, options: HoleOptions): readonly Hole[] {
  const holes: Hole[] = [];
  if (!text.includes("{") && !text.includes("<%") && !text.includes("@")) return holes;
  const exhausted = new Set<string>();
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const start = match.index;
    const tag = tags.find(([open]) => open === match?.[0]);
    if (!tag) {
      if (match[0].startsWith("$") && !options.braces) continue;
      holes.push({ start, end: opening.lastIndex, kind: match[0].startsWith("%") ? "control" : "value" });
      continue;
    }
    const [open, close, kind] = tag;
    const closing = exhausted.has(close) ? -1 : text.indexOf(close, start + open.length);
    if (closing < 0) {
      exhausted.add(close);
      continue;
    }
    const end = closing + close.length;
    holes.push({ start, end, kind: text.startsWith("<%=", start) ? "value" : kind });
    opening.lastIndex = end;
  }
  return holes;
}

/** Whether a file's name says that a tool fills it in: `.j2`, `.erb`, `.tmpl` … */
export function templateName(path: string): boolean {
  return /\.(?:j2|jinja2?|erb|epp|tpl|tmpl|tftpl|template|in|mustache)$/i.test(path);
}
