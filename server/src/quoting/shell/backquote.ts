import { type Layer, type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";

/** The commands inside backquotes, where a backslash quotes `$`, a backquote and itself. */
const backquoteLayer: Layer = {
  name: "backquote",
  encode: (text) => text.replace(/[$`\\]/g, "\\$&"),
};

/** The commands between two backquotes. */
export function backquoted(outer: MappedText, inner: Span): MappedText {
  const builder = new MappedTextBuilder(outer, backquoteLayer);
  const text = outer.text.slice(inner.start, inner.end);
  let done = 0;
  for (const found of text.matchAll(/\\([$`\\])/g)) {
    builder.exact(inner.start + done, inner.start + found.index);
    builder.unit(inner.start + found.index, inner.start + found.index + 2, found[1] ?? "");
    done = found.index + 2;
  }
  builder.exact(inner.start + done, inner.end);
  return builder.build(inner);
}
