import type { Layer } from "../../text/mapped-text.js";

/** How the text of a here-document is written: expanded, or as it stands; with the tabs of `<<-`. */
export type BodyMode = "heredoc" | "heredoc-tabs" | "verbatim" | "verbatim-tabs";

/**
 * The quoting of POSIX shells. No shell text can hold a NUL. Modes:
 * - `plain`: outside quotes
 * - `double`, `single`, `dollar`: inside `"…"`, `'…'`, bash's `$'…'`
 * - `separator`: between two words, where only the blank is
 * - `heredoc:EOF`, `heredoc-tabs:EOF`: the body of `<<EOF`, `<<-EOF`; `verbatim:EOF`, `verbatim-tabs:EOF`: of `<<'EOF'`, `<<-'EOF'`
 */
export const shellLayer: Layer = {
  name: "shell",
  encode(text, mode) {
    if (text.includes("\0")) return undefined;
    switch (mode) {
      case "plain":
        return text.replace(/[ \t\n"#$&'()*;<>?[\\`{|}~]/g, (c) => (c === "\n" ? "'\n'" : `\\${c}`));
      case "double":
        return text.replace(/[$`"\\]/g, "\\$&");
      case "single":
        return text.includes("'") ? undefined : text;
      case "dollar":
        return text.replace(/['\\]/g, "\\$&").replace(/\n/g, "\\n");
      case "separator":
        return text === " " ? text : undefined;
    }
    const [kind = "", delimiter = ""] = split(mode);
    return body(text, kind, delimiter);
  },
};

function split(mode: string): readonly string[] {
  const colon = mode.indexOf(":");
  return colon < 0 ? [mode] : [mode.slice(0, colon), mode.slice(colon + 1)];
}

/** A line of the body that equals the delimiter would end it, and `<<-` takes away tabs that begin a line. */
function body(text: string, kind: string, delimiter: string): string | undefined {
  const written = kind.startsWith("heredoc") ? text.replace(/[$`\\]/g, "\\$&") : text;
  const lines = written.split("\n");
  if (lines.length > 1 && lines.includes(delimiter)) return undefined;
  if (kind.endsWith("-tabs") && lines.slice(1).some((line) => line.startsWith("\t"))) return undefined;
  return written;
}

/** How a whole value may be written. */
export interface QuoteOptions {
  /** `$NAME`, `${NAME}` and `$(…)` in the value are for the shell to expand. */
  readonly expansions?: boolean;
}

/**
 * A value as one word, in the shortest of the ways that people write: bare, in single quotes, in double quotes where
 * it holds a single quote or something to expand.
 * @returns undefined for a value with a NUL
 */
export function quoteShellWord(value: string, options: QuoteOptions = {}): string | undefined {
  if (value.includes("\0")) return undefined;
  if (options.expansions && /[$`]/.test(value)) return `"${value.replace(/["\\]/g, "\\$&")}"`;
  if (/^[\w@%+=:,./-]+$/.test(value) && !/^[\w]+=/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${shellLayer.encode(value, "double") ?? ""}"`;
}
