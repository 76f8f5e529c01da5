import { type Layer, type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import { templateSpans } from "./template-text.js";

/** The runner's own expansion of `$NAME` and `${NAME}`; `$$` is a `$`. */
const expansion: Layer = { name: "runner-variables", encode: encodeVariables };

/** Writes a text so that the runner's expansion yields it. */
export function encodeVariables(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/**
 * A text as the runner reads it once it has put in the job's variables. What they hold is not known; the reference
 * stands in the text in its place. The runner expands with Go's os.Expand, whose odd corners are kept: `$` before
 * something that is no name stays, `${}` and an unclosed `${` are eaten. What a template fills in is unknown too.
 */
export function expandVariables(text: MappedText): MappedText {
  const source = text.text;
  const templates = templateSpans(source).filter(({ start }) => source.charCodeAt(start) !== 36);
  const out = new MappedTextBuilder(text, expansion);
  const whole = { start: 0, end: source.length };
  if (source === "") return out.place(0).build(whole);
  if (!source.includes("$") && templates.length === 0) return out.exact(0, source.length).build(whole);
  const lastBrace = source.lastIndexOf("}");
  let from = 0;
  let next = 0;
  for (let at = 0; at < source.length; ) {
    const filled = templates[next];
    if (filled && filled.start <= at) {
      out.exact(from, at).exact(at, filled.end, "", true);
      from = at = Math.max(at, filled.end);
      next++;
    } else if (source.charCodeAt(at) === 36) {
      out.exact(from, at);
      from = at = expandOne(out, source, at, lastBrace);
    } else at++;
  }
  return out.exact(from, source.length).build(whole);
}

/** Writes what the `$` at `at` begins. @returns the offset after it */
function expandOne(out: MappedTextBuilder, source: string, at: number, lastBrace: number): number {
  const next = source.charAt(at + 1);
  if (next === "$") {
    out.unit(at, at + 2, "$");
    return at + 2;
  }
  if (next === "{") return expandBraces(out, source, at, lastBrace);
  const length = /[*#@!?\d-]/.test(next) ? 1 : nameLength(source, at + 1);
  out.exact(at, at + 1 + length, "", length > 0);
  return at + 1 + length;
}

function expandBraces(out: MappedTextBuilder, source: string, at: number, lastBrace: number): number {
  const close = at < lastBrace ? source.indexOf("}", at) : -1;
  if (close < 0 || close === at + 2) {
    const end = close < 0 ? at + 2 : close + 1;
    out.unit(at, end, "");
    return end;
  }
  if (source.slice(at + 2, close) === "$") out.unit(at, close + 1, "$");
  else out.exact(at, close + 1, "", true);
  return close + 1;
}

function nameLength(source: string, from: number): number {
  let at = from;
  while (/\w/.test(source.charAt(at))) at++;
  return at - from;
}
