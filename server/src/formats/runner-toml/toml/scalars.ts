import { msg } from "../../../text/message.js";
import type { Cursor } from "./cursor.js";
import { ScalarValue, UnknownValue } from "./nodes.js";
import type { TemplateReader } from "./template.js";

const integer = /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\da-f](?:_?[\da-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/i;
const float = /^[+-]?(?:(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:e[+-]?\d(?:_?\d)*)?|inf|nan)$/;
const date = /^\d{4}-\d\d-\d\d$/;
const time = "\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?";
const dateTime = new RegExp(
  `^(?:(\\d{4})-(\\d\\d)-(\\d\\d)(?:[Tt ](${time})(?:[Zz]|[+-](\\d\\d):(\\d\\d))?)?|(${time}))$`,
);

/**
 * Reads a number, a boolean or a date at the cursor. Anything else becomes a `broken` value: up to the next delimiter
 * inside an array or inline table, the rest of the line otherwise.
 */
export function readScalar(c: Cursor, inside: boolean): ScalarValue | UnknownValue {
  const { text } = c;
  const start = c.pos;
  let end = tokenEnd(text, start);
  const easy = easyKind(text, start, end);
  if (easy) {
    c.pos = end;
    return new ScalarValue(easy, start, end, c.document);
  }
  if (
    end - start === 10 &&
    text.charCodeAt(end) === 32 &&
    date.test(text.slice(start, end)) &&
    isDigit(text, end + 1)
  ) {
    end = tokenEnd(text, end + 1);
  }
  const source = text.slice(start, end);
  const kind = kindOf(source);
  if (kind) {
    c.pos = end;
    return new ScalarValue(kind, start, end, c.document);
  }
  const filled = c.templates && readPartlyFilled(c, c.templates, start, end);
  if (filled) return filled;
  if (!inside) end = unquotedEnd(text, start, c.lineEnd(start));
  c.pos = end;
  reportBroken(c, start, end, text.slice(start, end));
  return new UnknownValue("broken", start, end);
}

/** A value with a template's piece in it: `1{% endif %}` is the number, `1{{ zeros }}` is not known. */
function readPartlyFilled(
  c: Cursor,
  templates: TemplateReader,
  start: number,
  end: number,
): ScalarValue | UnknownValue | undefined {
  for (let at = start; at < end; at++) {
    const piece = templates.outside(at);
    if (!piece) continue;
    const kind = piece.control ? kindOf(c.text.slice(start, at)) : undefined;
    c.pos = kind ? at : Math.max(piece.end, end);
    return kind ? new ScalarValue(kind, start, at, c.document) : new UnknownValue("template", start, c.pos);
  }
  return undefined;
}

/** The end of an unquoted text: before a comment or the end of the line. */
function unquotedEnd(text: string, start: number, lineEnd: number): number {
  const line = text.slice(start, lineEnd);
  const comment = /[ \t]#/.exec(line);
  return start + (comment ? line.slice(0, comment.index) : line).trimEnd().length;
}

/** The kind of the values that nearly all are, without cutting them out: `true`, `false` and small whole numbers. */
function easyKind(text: string, start: number, end: number): ScalarValue["kind"] | undefined {
  const first = text.charCodeAt(start);
  if (first === 116) return end - start === 4 && text.startsWith("true", start) ? "boolean" : undefined;
  if (first === 102) return end - start === 5 && text.startsWith("false", start) ? "boolean" : undefined;
  if (end - start > 15 || (first === 48 && end - start > 1)) return undefined;
  for (let at = start; at < end; at++) if (!isDigit(text, at)) return undefined;
  return end > start ? "integer" : undefined;
}

function kindOf(source: string): ScalarValue["kind"] | undefined {
  if (integer.test(source)) return isInt64(source) && !/^0[XOB]/.test(source) ? "integer" : undefined;
  if (float.test(source.replace("E", "e"))) return "float";
  return isDate(source) ? "date" : undefined;
}

/** Go's int64. Short numbers always fit. */
function isInt64(source: string): boolean {
  if (source.length <= 16) return true;
  const digits = source.replaceAll("_", "").replace(/^\+/, "");
  const value = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

function isDate(source: string): boolean {
  const match = dateTime.exec(source);
  if (!match) return false;
  const [, year, month, day, timeOfDay, offsetHour, offsetMinute, timeAlone] = match;
  if (year !== undefined && !isDay(Number(year), Number(month), Number(day))) return false;
  if (offsetHour !== undefined && (Number(offsetHour) > 23 || Number(offsetMinute) > 59)) return false;
  const clock = timeOfDay ?? timeAlone;
  if (clock === undefined) return true;
  return Number(clock.slice(0, 2)) < 24 && Number(clock.slice(3, 5)) < 60 && Number(clock.slice(6, 8)) < 60;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function reportBroken(c: Cursor, start: number, end: number, source: string): void {
  const lower = source.toLowerCase();
  if (lower === "true" || lower === "false") {
    c.problem(start, end, msg("GitLab Runner does not start: {0} is written in lower case.", lower), {
      title: msg("Write {0}", lower),
      edits: [{ span: { start, end }, newText: lower }],
    });
  } else if (/^[+-]?[\d_][\w+.: -]*$/.test(source)) {
    c.problem(start, end, msg("GitLab Runner does not start: this is no number or date of TOML; a text needs quotes."));
  } else if (source === "") {
    c.problem(start, start + 1, msg("GitLab Runner does not start: a value is missing here."));
  } else {
    const repair = quotesFor(source, start, end);
    c.problem(start, end, msg("GitLab Runner does not start: a text needs quotes."), repair);
  }
}

function quotesFor(source: string, start: number, end: number) {
  const quote = source.includes("\\") ? "'" : '"';
  const bare = source.endsWith(quote) ? source.slice(0, -1) : source;
  if (/["'\p{Cc}]/u.test(bare)) return undefined;
  const opening = { span: { start, end: start }, newText: quote };
  const closing = { span: { start: end, end }, newText: quote };
  return { title: msg("Put quotes around it"), edits: bare === source ? [opening, closing] : [opening] };
}

function tokenEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // blank, tab, line feed, carriage return, comma, ], }, #
    if (
      code === 32 ||
      code === 9 ||
      code === 10 ||
      code === 13 ||
      code === 44 ||
      code === 93 ||
      code === 125 ||
      code === 35
    )
      break;
  }
  return at;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
