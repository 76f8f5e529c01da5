import type { Layer } from "../../text/mapped-text.js";

/** How a scalar is written. */
export type YamlStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A mode's style; `fixed` are the line ends at both ends of a block, which its form depends on. */
type ModeStyle = YamlStyle | "fixed";

/**
 * Where in a scalar a piece stands. As a {@link Piece.mode} it reads `style flags indentation`:
 * - `^` the piece holds the first character of the scalar (of the line, in a folded block)
 * - `$` it holds the last one
 * - `,` the scalar stands in a flow collection (`[a, b]`)
 * - `+` the scalar has several lines, so that blanks beside the piece may be folded away
 * - `0` the piece begins in column 0, without the indentation of a block
 * - `r` lines end with CR LF
 */
export function yamlMode(style: ModeStyle, flags = "", indentation = 0): string {
  return `${style} ${flags} ${indentation}`;
}

/** A scalar of YAML, of any style: the mode says which. */
export const yamlScalar: Layer = {
  name: "yaml",
  encode(text, mode) {
    const [style, flags = "", indentation] = mode.split(" ");
    switch (style) {
      case "plain":
        return plain(text, flags);
      case "single":
        return single(text, flags);
      case "double":
        return double(text, flags);
      case "literal":
        return literal(text, flags, Number(indentation));
      case "folded":
        return folded(text, flags);
      default:
        return undefined;
    }
  },
};

/** What no style but the double-quoted can hold: controls except the tab, line separators, a byte-order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const unprintable = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
const blankAtAnEnd = /^[ \t]|[ \t]$/;

function plain(text: string, flags: string): string | undefined {
  if (unprintable.test(text) || /:(?:[ \t]|$)|[ \t]#/.test(text)) return undefined;
  if (flags.includes(",") && /[,[\]{}]|^:|[?-]$/.test(text)) return undefined;
  if (text.startsWith("#") || /^:$/.test(text)) return undefined;
  if (flags.includes("^") && !startsPlain(text)) return undefined;
  if (flags.includes("$") && /[ \t]$/.test(text)) return undefined;
  if (flags.includes("+") && blankAtAnEnd.test(text)) return undefined;
  return text;
}

/** Whether a plain scalar may begin so. `-`, `?` and `:` may, when a character other than a blank follows. */
function startsPlain(text: string): boolean {
  return /^(?:[^\s,[\]{}#&*!|>'"%@`?:-]|[?:-][^\s,[\]{}])/.test(text) && !/^(?:---|\.\.\.)/.test(text);
}

function single(text: string, flags: string): string | undefined {
  if (unprintable.test(text)) return undefined;
  if (flags.includes("+") && blankAtAnEnd.test(text)) return undefined;
  return text.replaceAll("'", "''");
}

const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\0": "\\0",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  "\x85": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function double(text: string, flags: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  const out = text.replace(/["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, (c) => named[c] ?? numbered(c));
  return flags.includes("+") ? out.replace(/^ | $/g, "\\ ") : out;
}

function numbered(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function literal(text: string, flags: string, indentation: number): string | undefined {
  const lines = text.split("\n");
  if (lines.some((line) => unprintable.test(line))) return undefined;
  // The first line's indentation is what the block's is told by.
  if (flags.includes("^") && /^(?:[ \t\n]|$)/.test(text)) return undefined;
  // Line ends after the last line are the chomping indicator's matter.
  if (flags.includes("$") && text.endsWith("\n")) return undefined;
  const indent = " ".repeat(indentation);
  const joined = lines.join(`${flags.includes("r") ? "\r" : ""}\n${indent}`);
  return flags.includes("0") && lines[0] !== "" ? indent + joined : joined;
}

function folded(text: string, flags: string): string | undefined {
  if (unprintable.test(text)) return undefined;
  if (flags.includes("^") && /^(?:[ \t]|$)/.test(text)) return undefined;
  return text;
}

/**
 * A whole value as it would be written on one line: plain where that is safe and means a string, quoted otherwise.
 * @param quote what the neighbours have around their values; "" where they are plain.
 */
export function yamlValue(text: string, quote: "" | "'" | '"' = "", inFlow = false): string {
  if (quote === "" && !readsAsOtherType(text)) {
    const encoded = plain(text, inFlow ? "^$," : "^$");
    if (encoded !== undefined) return encoded;
  }
  const quoted = quote === "'" ? single(text, "") : undefined;
  return quoted === undefined ? `"${double(text, "")}"` : `'${quoted}'`;
}

/** Plain text that YAML 1.1 or 1.2 takes for something else than a string. */
function readsAsOtherType(text: string): boolean {
  return /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+]?[\d.][\d_.:]*(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?.*|=|<<)$/i.test(
    text,
  );
}
