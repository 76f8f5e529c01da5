import { type Layer, type MappedText, MappedTextBuilder } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import { printEscaped } from "./echo.js";
import { type EscapeSet, readEscape } from "./shell/escapes.js";
import type { Dialect } from "./shell/source.js";
import type { JoinedWords } from "./shell/word.js";

/** What `printf` prints. Modes: `format`; `argument` of `%s`; `escaped`, an argument of `%b`; `fixed`, what it makes itself. */
const printfLayer: Layer = {
  name: "printf",
  encode(text, mode) {
    switch (mode) {
      case "format":
        return text.replace(/\\/g, "\\\\").replace(/%/g, "%%");
      case "escaped":
        return text.replace(/\\/g, "\\\\");
      case "argument":
        return text;
      default:
        return undefined;
    }
  },
};

const formatSets: Readonly<Record<Dialect, EscapeSet>> = {
  dash: "dash-printf",
  bash: "bash-printf",
  busybox: "busybox-printf",
};
const argumentSets: Readonly<Record<Dialect, EscapeSet>> = {
  dash: "dash-echo",
  bash: "bash-percent-b",
  busybox: "busybox-echo",
};
/** A format is used again until the arguments are gone; beyond so many characters nobody reads the result. */
const longest = 1_000_000;

/**
 * What the `printf` of a shell prints for a format and its arguments.
 * @returns undefined where it prints nothing (`-v`), fails, or uses what is not understood here: widths and the conversions other than `%s`, `%b`, `%c`, `%d`, `%i`
 */
export function printed(args: JoinedWords, dialect: Dialect): MappedText | undefined {
  const { text } = args.text;
  const word = (span: Span | undefined) => (span ? text.slice(span.start, span.end) : "");
  const first = word(args.spans[0]) === "--" ? 1 : 0;
  const format = args.spans[first];
  if (!format || (first === 0 && word(format).startsWith("-"))) return undefined;
  const values = args.spans.slice(first + 1);
  if ((format.end - format.start) * Math.max(1, values.length) > longest) return undefined;
  const builder = new MappedTextBuilder(args.text, printfLayer);
  const run = new FormatRun(args.text, format, dialect, builder);
  let used = 0;
  for (;;) {
    const outcome = run.once(values, used);
    if (outcome.kind === "failed") return undefined;
    if (outcome.kind === "stopped" || outcome.used === used || outcome.used >= values.length) break;
    used = outcome.used;
  }
  if (format.start === format.end) builder.place(format.start, "format");
  return builder.build({ start: format.start, end: text.length });
}

type Outcome = { readonly kind: "done" | "stopped" | "failed"; readonly used: number };

class FormatRun {
  private readonly unknown: readonly Span[];

  constructor(
    private readonly args: MappedText,
    private readonly format: Span,
    private readonly dialect: Dialect,
    private readonly builder: MappedTextBuilder,
  ) {
    this.unknown = args.hasUnknown(format) ? args.unknownSpans().filter((s) => s.start < format.end) : [];
  }

  /** Goes through the format once, taking values from `used` on. */
  once(values: readonly Span[], used: number): Outcome {
    const { builder, format } = this;
    const { text } = this.args;
    let taken = used;
    let hole = 0;
    let i = format.start;
    while (i < format.end) {
      while ((this.unknown[hole]?.end ?? Number.POSITIVE_INFINITY) <= i) hole++;
      const next = this.unknown[hole];
      if (next && next.start <= i) {
        builder.exact(i, Math.min(next.end, format.end), "format");
        i = next.end;
        continue;
      }
      const c = text.charAt(i);
      if (c === "\\") {
        const read = readEscape(text.slice(i, Math.min(format.end, i + 12)), 0, formatSets[this.dialect]);
        if (read.stop) return { kind: "stopped", used: taken };
        builder.unit(i, i + read.width, read.text, "format", read.unknown);
        i += read.width;
      } else if (c === "%") {
        const conversion = i + 1 < format.end ? text.charAt(i + 1) : "";
        if (conversion === "%") builder.unit(i, i + 2, "%", "format");
        else {
          const state = this.convert(conversion, values[taken], i);
          if (state !== "done") return { kind: state, used: taken };
          taken++;
        }
        i += 2;
      } else {
        let end = i + 1;
        const limit = Math.min(format.end, next?.start ?? format.end);
        while (end < limit && text.charAt(end) !== "\\" && text.charAt(end) !== "%") end++;
        builder.exact(i, end, "format");
        i = end;
      }
    }
    return { kind: "done", used: taken };
  }

  private convert(conversion: string, value: Span | undefined, at: number): Outcome["kind"] {
    const { builder, args } = this;
    const text = value ? args.text.slice(value.start, value.end) : "";
    switch (conversion) {
      case "s":
        if (value) this.copy(value);
        return "done";
      case "b":
        if (!value) return "done";
        return printEscaped(args, value, argumentSets[this.dialect], builder, "escaped") ? "stopped" : "done";
      case "d":
      case "i":
        if (!value) builder.unit(at, at + 2, "0", "fixed");
        else if (args.hasUnknown(value) || /^-?(?:0|[1-9]\d{0,17})$/.test(text)) this.copy(value);
        else return "failed";
        return "done";
      case "c":
        // Without a value it prints a NUL, of a character beyond ASCII the first byte.
        if (!value || args.hasUnknown(value) || !/^\p{ASCII}$/u.test(text)) return "failed";
        this.copy(value);
        return "done";
      default:
        return "failed";
    }
  }

  private copy(value: Span): void {
    if (value.start === value.end) this.builder.place(value.start, "argument");
    else this.builder.exact(value.start, value.end, "argument");
  }
}
