/** What may follow a quoted scalar on its line. */
const afterQuote = /^[ \t]*(?:#|\r?$|:(?:[ \t]|\r?$)|[,\]}])/;

const indicators = /[ \t]*(?:- +)*/y;
const key = /[^\s'"#[{][^'"\n]{0,500}?: +/y;
const properties = /(?:[&!]\S* +)*/y;

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
    const open = valueOn(text, lineStart);
    const quote = text.charAt(open);
    const start = open + 1;
    const end = quote === '"' || quote === "'" ? closingQuote(text, start, quote) : -1;
    if (end > lineEnd && afterQuote.test(text.slice(end + 1, endOfLine(text, end)))) {
      parts.push(text.slice(copied, start), onOneLine(text.slice(start, end)));
      copied = end;
      lineStart = endOfLine(text, end) + 1;
    } else lineStart = lineEnd + 1;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(copied);
}

/** Where the value of a line begins, behind indentation, indicators, key, anchor and tag. */
export function valueOn(text: string, lineStart: number): number {
  let at = lineStart;
  for (const pattern of [indicators, key, properties]) {
    pattern.lastIndex = at;
    at += pattern.exec(text)?.[0].length ?? 0;
  }
  return at;
}

export function onOneLine(text: string): string {
  return text.replace(/[\r\n]/g, " ");
}

export function endOfLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
}

/** How far a closing quote is looked for: an unclosed one on every line must not cost the square of the file. */
const longestScalar = 20_000;

/** Where the quote closes; -1 where it does not before `limit`. */
export function closingQuote(text: string, from: number, quote: string, limit = from + longestScalar): number {
  for (let at = from; at < Math.min(text.length, limit); at++) {
    const c = text.charAt(at);
    if (c === "\\" && quote === '"') at++;
    else if (c === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at;
      at++;
    }
  }
  return -1;
}
