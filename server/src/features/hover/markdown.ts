import { redact, redactAddress } from "../../proxy/redact.js";

/** No stretch of a document that is shown is longer, in characters and in lines. */
const longest = 2000;
const mostLines = 30;

/** A short text of a document as code within a line, without secrets. */
export function code(text: string): string {
  const shown = cut(redact(redactIn(text)).replace(/\s+/g, " "), 200);
  const ticks = "`".repeat(longestRun(shown) + 1);
  const room = /^`|`$|^ | $/.test(shown) ? " " : "";
  return shown === "" ? "`\u00a0`" : `${ticks}${room}${shown}${room}${ticks}`;
}

/** An address or an entry of a list. */
function redactIn(text: string): string {
  return /\s/.test(text) ? text : redactAddress(text);
}

/** Lines of a document as a block of code, without secrets. */
export function codeBlock(text: string, language: string): string {
  const lines = redact(text).trimEnd().split(/\r?\n/);
  const kept = lines.slice(0, mostLines);
  const shown = cut(kept.join("\n"), longest);
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  const more = lines.length > kept.length && !shown.endsWith("…") ? "\n…" : "";
  return `${fence}${language}\n${shown}${more}\n${fence}`;
}

/** A sentence as it is: nothing in it is markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}

/** A table, the columns behind the first centred; what would end a cell is taken care of. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
  return [row(head), row(head.map((_, column) => (column === 0 ? "---" : ":-:"))), ...rows.map(row)].join("\n");
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
