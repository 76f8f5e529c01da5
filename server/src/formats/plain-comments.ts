import type { Span } from "../text/span.js";

/**
 * Some words, without what a template, a string, a directive or a continued line would be made of nor a unit whose file it
 * may be, and no longer than programs read lines.
 */
const words = "(?!.*(?:runner-proxy|\\.service))[\\w\\p{L} \\t.,:()/!?*+=-]{0,300}$";

/** By what a comment begins with. */
const patterns = {
  "#": new RegExp(`^([ \\t]*#)${words}`, "gmu"),
  "# or ;": new RegExp(`^([#;])${words}`, "gmu"),
};

/** What comments say in lines of their own, as far as it is plain words: see `Format.asides`. */
export function plainComments(text: string, marks: keyof typeof patterns): readonly Span[] {
  return Array.from(text.matchAll(patterns[marks]), ({ 0: line, 1: mark = "", index }) => ({
    start: index + mark.length,
    end: index + line.length,
  }));
}
