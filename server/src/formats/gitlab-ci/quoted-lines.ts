/** What may follow a quoted scalar on its line. */
const afterQuote = /^[ \t]*(?:#|\r?$|:(?:[ \t]|\r?$)|[,\]}])/;

/** A line on which a quoted scalar begins, as the value of a key or an item: indentation, indicators, key, quote. */
const opening = /^([ \t]*(?:- +)*)(?:[^\s'"#][^'"\n]*?: +)?(?:[&!][^\s]* +)*(["'])/;

/**
 * libyaml, which GitLab uses, lets the lines of a quoted scalar begin in any column; the yaml package wants them
 * indented. Puts blanks for the line ends in such scalars, so that they stand on one line. Offsets stay as they are.
 */
export function joinQuotedLines(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const lineEnd = endOfLine(text, lineStart);
    const match = opening.exec(text.slice(lineStart, lineEnd));
    const quote = match?.[2];
    const start = lineStart + (match?.[0].length ?? 0);
    const end = quote === undefined ? -1 : closingQuote(text, start, quote);
    if (end > lineEnd && afterQuote.test(text.slice(end + 1, endOfLine(text, end)))) {
      parts.push(text.slice(copied, start), text.slice(start, end).replace(/[\r\n]/g, " "));
      copied = end;
      lineStart = endOfLine(text, end) + 1;
    } else lineStart = lineEnd + 1;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(copied);
}

function endOfLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
}

/** How far a closing quote is looked for: an unclosed one on every line must not cost the square of the file. */
const longestScalar = 20_000;

function closingQuote(text: string, from: number, quote: string): number {
  const limit = Math.min(text.length, from + longestScalar);
  for (let at = from; at < limit; at++) {
    const c = text.charAt(at);
    if (c === "\\" && quote === '"') at++;
    else if (c === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at;
      at++;
    }
  }
  return -1;
}
