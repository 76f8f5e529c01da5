import { codePoint, continuationEnd } from "../../../quoting/toml.js";
import { msg } from "../../../text/message.js";
import { looksLikeStatement } from "./characters.js";
import type { Cursor } from "./cursor.js";
import { StringValue, stringTraits } from "./nodes.js";

const backslash = 92;

/** Reads the string whose quote stands at the cursor; it always moves on. */
export function readString(c: Cursor): StringValue {
  const { text } = c;
  const quote = text.charCodeAt(c.pos);
  const triple = text.charCodeAt(c.pos + 1) === quote && text.charCodeAt(c.pos + 2) === quote;
  return triple ? readMultiline(c, quote) : readLine(c, quote);
}

function readLine(c: Cursor, quote: number): StringValue {
  const { text, templates } = c;
  const start = c.pos;
  let traits: number = quote === 34 ? 0 : stringTraits.literal;
  let wrong = -1;
  let at = start + 1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) break;
    if (code > 92 && code !== 123 && code !== 127) continue;
    if (code === backslash && quote === 34) {
      traits |= stringTraits.escaped;
      at = escapeEnd(c, at, text.length, false) - 1;
    } else if (!(code >= 32) || code === 127) {
      if (code === 9) continue;
      if (code === 10 || at >= text.length || (code === 13 && text.charCodeAt(at + 1) === 10)) {
        return unclosed(c, new StringValue(start, at, traits, c.document));
      }
      if (wrong < 0) wrong = at;
    } else if (templates && (code === 123 || code === 60 || code === 36 || code === 37)) {
      const end = templates.inString(at);
      if (end !== undefined) at = end - 1;
    }
  }
  if (wrong >= 0) reportControl(c, wrong);
  c.pos = at + 1;
  return new StringValue(start, at + 1, traits | stringTraits.closed, c.document);
}

function readMultiline(c: Cursor, quote: number): StringValue {
  const { text } = c;
  const start = c.pos;
  let traits = stringTraits.multi | (quote === 34 ? 0 : stringTraits.literal);
  let wrong = -1;
  let at = start + 3;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote || text.charCodeAt(at + 2) !== quote) continue;
      // Up to two quotes more belong to the text.
      at += 3;
      if (text.charCodeAt(at) === quote) at++;
      if (text.charCodeAt(at) === quote) at++;
      break;
    }
    if (code === backslash && quote === 34) {
      traits |= stringTraits.escaped;
      at = escapeEnd(c, at, text.length, true) - 1;
    } else if (!(code >= 32) || code === 127) {
      if (code === 10 || code === 9 || (code === 13 && text.charCodeAt(at + 1) === 10)) continue;
      if (at >= text.length) return unclosedMultiline(c, start, traits);
      if (wrong < 0) wrong = at;
    }
  }
  if (wrong >= 0) reportControl(c, wrong);
  c.pos = at;
  return new StringValue(start, at, traits | stringTraits.closed, c.document);
}

function unclosed(c: Cursor, value: StringValue): StringValue {
  c.pos = value.end;
  const quote = c.text.charAt(value.start);
  c.problem(value.start, value.end, msg("GitLab Runner does not start: the closing {0} is missing.", quote), {
    title: msg("Add {0} at the end of the line", quote),
    edits: [{ span: { start: value.end, end: value.end }, newText: quote }],
  });
  return value;
}

/** Nothing closes the string: it is taken to end where the next header stands, so that the rest can still be read. */
function unclosedMultiline(c: Cursor, start: number, traits: number): StringValue {
  const { text } = c;
  let end = text.length;
  for (let line = text.indexOf("\n", start); line >= 0; line = text.indexOf("\n", line + 1)) {
    let at = line + 1;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    if (!looksLikeStatement(text, at, true)) continue;
    end = line;
    break;
  }
  const quotes = text.slice(start, start + 3);
  c.problem(start, start + 3, msg("GitLab Runner does not start: the closing {0} is missing.", quotes));
  c.pos = end;
  return new StringValue(start, end, traits, c.document);
}

/** The end of the escape that begins at `at`; a wrong one is reported and ends after the backslash. */
function escapeEnd(c: Cursor, at: number, end: number, multi: boolean): number {
  const { text } = c;
  const kind = text.charAt(at + 1);
  switch (kind) {
    case "b":
    case "t":
    case "n":
    case "f":
    case "r":
    case "e":
    case '"':
    case "\\":
      return at + 2;
    case "x":
      return hexEnd(c, at, 2);
    case "u":
      return hexEnd(c, at, 4);
    case "U":
      return hexEnd(c, at, 8);
  }
  const continued = multi ? continuationEnd(text, at + 1, end) : undefined;
  if (continued !== undefined) return continued;
  // A backslash before the end of the line: the missing quote is the mistake to report.
  if (kind === "" || kind === "\n" || kind === "\r") return at + 1;
  c.problem(
    at,
    at + 2,
    msg("GitLab Runner does not start: TOML has no escape {0}. A backslash is written \\\\.", `\\${kind}`),
    {
      title: msg("Double the backslash"),
      edits: [{ span: { start: at, end: at }, newText: "\\" }],
    },
  );
  return at + 1;
}

function hexEnd(c: Cursor, at: number, length: number): number {
  const digits = c.text.slice(at + 2, at + 2 + length);
  if (digits.length === length && codePoint(digits) !== undefined) return at + 2 + length;
  c.problem(
    at,
    at + 2,
    msg(
      "GitLab Runner does not start: {0} needs {1} hexadecimal digits of a character.",
      c.text.slice(at, at + 2),
      length,
    ),
  );
  return at + 2;
}

function reportControl(c: Cursor, at: number): void {
  c.problem(at, at + 1, msg("GitLab Runner does not start: a control character stands here."));
}
