import type { Span } from "../../text/span.js";

/** What one fgets() of cntlm yields. */
export interface CntlmLine {
  readonly start: number;
  /** Without the line feed, and not beyond a NUL, at which C's strings end. */
  readonly end: number;
  /** It ends with a line feed. */
  readonly complete: boolean;
  /** It ends with the file: cntlm does not read it unless it is complete. */
  readonly last: boolean;
  /** The whole line of the document with its line ending. */
  readonly whole: Span;
}

/** cntlm's buffer, less the NUL: a longer line is read in parts, each as a line of its own (measured). */
const maxBytes = 4095;

export function* cntlmLines(text: string): Generator<CntlmLine> {
  const hasNul = text.includes("\0");
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed < 0 ? text.length : feed;
    const whole = { start: at, end: feed < 0 ? end : feed + 1 };
    while (at < whole.end) {
      const stop = cut(text, at, whole.end);
      const complete = stop === whole.end && feed >= 0;
      const last = feed < 0 && stop === whole.end;
      const nul = hasNul ? text.slice(at, stop).indexOf("\0") : -1;
      yield { start: at, end: nul >= 0 ? at + nul : complete ? end : stop, complete, last, whole };
      at = stop;
    }
  }
}

/** Where the buffer is full: `end`, or before the character that does not fit. */
function cut(text: string, start: number, end: number): number {
  if ((end - start) * 3 <= maxBytes) return end;
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    // A surrogate is half of four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    if (bytes > maxBytes) return at;
  }
  return end;
}
