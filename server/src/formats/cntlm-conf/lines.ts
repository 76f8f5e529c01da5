/** What one fgets() of cntlm yields. One object serves for all lines of a file: it is filled anew for each. */
export class CntlmLine {
  start = 0;
  /** Without the line feed, and not beyond a NUL, at which C's strings end. */
  end = 0;
  /** It ends with a line feed. */
  complete = false;
  /** It ends with the file: cntlm does not read it unless it is complete. */
  last = false;
  /** The whole line of the document with its line ending. */
  wholeStart = 0;
  wholeEnd = 0;
}

/** cntlm's buffer, less the NUL: a longer line is read in parts, each as a line of its own (measured). */
const maxBytes = 4095;

/** Calls `read` with each line in turn. */
export function readCntlmLines(text: string, read: (line: CntlmLine) => void): void {
  const { length } = text;
  const hasNul = text.includes("\0");
  const line = new CntlmLine();
  for (let begin = 0; begin < length; begin = line.wholeEnd) {
    const feed = text.indexOf("\n", begin);
    line.wholeStart = begin;
    line.wholeEnd = feed < 0 ? length : feed + 1;
    for (let at = begin; at < line.wholeEnd; ) {
      const stop = cut(text, at, line.wholeEnd);
      const whole = stop === line.wholeEnd;
      const nul = hasNul ? text.slice(at, stop).indexOf("\0") : -1;
      line.start = at;
      line.complete = whole && feed >= 0;
      line.last = whole && feed < 0;
      line.end = nul >= 0 ? at + nul : line.complete ? feed : stop;
      read(line);
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
