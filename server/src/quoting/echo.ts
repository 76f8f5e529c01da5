import { type Layer, type MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import { type EscapeSet, readEscape } from "./shell/escapes.js";
import type { Dialect } from "./shell/source.js";
import type { JoinedWords } from "./shell/word.js";

/** What `echo` prints. Modes: `raw`, `escaped` (backslashes are read), `end` (its final newline). */
const echoLayer: Layer = {
  name: "echo",
  encode(text, mode) {
    if (mode === "end") return text === "\n" ? "" : undefined;
    return mode === "escaped" ? text.replace(/\\/g, "\\\\") : text;
  },
};

const escapeSets: Readonly<Record<Dialect, EscapeSet>> = {
  dash: "dash-echo",
  bash: "bash-echo",
  busybox: "busybox-echo",
};

/**
 * What the `echo` of a shell prints for these arguments. dash reads backslashes always and knows `-n` alone;
 * bash and busybox read them after `-e`.
 */
export function echoed(args: JoinedWords, dialect: Dialect): MappedText {
  const { text } = args.text;
  let first = 0;
  let escapes = dialect === "dash";
  let newline = true;
  for (const span of args.spans) {
    const option = text.slice(span.start, span.end);
    if (dialect === "dash" ? option !== "-n" || first > 0 : !/^-[neE]+$/.test(option)) break;
    first++;
    if (option.includes("n")) newline = false;
    if (dialect === "bash") escapes = /e[^E]*$/.test(option) || (escapes && !option.includes("E"));
    else if (option.includes("e")) escapes = true;
  }
  const start = args.spans[first]?.start ?? text.length;
  const builder = new MappedTextBuilder(args.text, echoLayer);
  const stopped = escapes
    ? printEscaped(args.text, { start, end: text.length }, escapeSets[dialect], builder, "escaped")
    : false;
  if (!escapes) builder.exact(start, text.length, "raw");
  if (start === text.length) builder.place(start, escapes ? "escaped" : "raw");
  if (newline && !stopped) builder.unit(text.length, text.length, "\n", "end");
  return builder.build({ start, end: text.length });
}

/**
 * Prints a stretch of `text` with its backslash escapes read.
 * @returns whether `\c` ended the output
 */
export function printEscaped(
  text: MappedText,
  span: Span,
  set: EscapeSet,
  builder: MappedTextBuilder,
  mode: string,
): boolean {
  const unknown = text.hasUnknown(span) ? text.unknownSpans() : [];
  let hole = 0;
  let i = span.start;
  while (i < span.end) {
    while ((unknown[hole]?.end ?? Number.POSITIVE_INFINITY) <= i) hole++;
    const next = unknown[hole];
    if (next && next.start <= i) {
      const end = Math.min(next.end, span.end);
      builder.exact(i, end, mode);
      i = end;
      continue;
    }
    const limit = Math.min(next?.start ?? span.end, span.end);
    const backslash = text.text.indexOf("\\", i);
    const stop = backslash < 0 || backslash > limit ? limit : backslash;
    builder.exact(i, stop, mode);
    i = stop;
    if (stop === limit) continue;
    const read = readEscape(text.text.slice(i, Math.min(limit, i + 12)), 0, set);
    if (read.stop) return true;
    builder.unit(i, i + read.width, read.text, mode, read.unknown);
    i += read.width;
  }
  return false;
}
