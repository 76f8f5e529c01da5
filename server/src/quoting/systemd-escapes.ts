/** What an escape of a unit file stands for. */
export interface Escape {
  readonly decoded: string;
  /** The offset after it. */
  readonly end: number;
  /** What it makes is a character; systemd drops the word otherwise. */
  readonly valid: boolean;
}

const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

const numeric = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([0-7]{3}))/y;

/**
 * Reads the escape at `at`, where the backslash is. Neighbouring `\x` and octal escapes are bytes of UTF-8 and make
 * one character together.
 * @returns undefined for what systemd takes for no escape: it then drops the rest of the line
 */
export function readEscape(text: string, at: number, end: number): Escape | undefined {
  const decoded = simple[text.charAt(at + 1)];
  if (decoded !== undefined && at + 1 < end) return { decoded, end: at + 2, valid: true };
  const first = readNumeric(text, at, end);
  if (!first) return undefined;
  if (first.code === undefined) return bytes(text, at, end, first.byte ?? 0);
  return { decoded: String.fromCodePoint(first.code), end: first.end, valid: validCharacter(first.code) };
}

interface Numeric {
  readonly code?: number;
  readonly byte?: number;
  readonly end: number;
}

function readNumeric(text: string, at: number, end: number): Numeric | undefined {
  numeric.lastIndex = at;
  const match = numeric.exec(text);
  const stop = numeric.lastIndex;
  if (!match || stop > end) return undefined;
  const [, x, u, U, octal] = match;
  const number = octal === undefined ? Number.parseInt(x ?? u ?? U ?? "0", 16) : Number.parseInt(octal, 8);
  if (number === 0) return undefined;
  if (u !== undefined) return { code: number, end: stop };
  if (U !== undefined) return validCharacter(number) ? { code: number, end: stop } : undefined;
  return number > 255 ? undefined : { byte: number, end: stop };
}

function bytes(text: string, at: number, end: number, first: number): Escape {
  const length = first < 0x80 ? 1 : first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  let stop = at + 4;
  if (length === 1) return { decoded: String.fromCharCode(first), end: stop, valid: true };
  let code = length === 0 || first >= 0xf8 ? Number.NaN : first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = readNumeric(text, stop, end);
    if (next?.byte === undefined || (next.byte & 0xc0) !== 0x80) {
      code = Number.NaN;
      break;
    }
    code = code * 64 + (next.byte & 0x3f);
    stop = next.end;
  }
  const shortest = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  const valid = code >= shortest && validCharacter(code);
  return { decoded: valid ? String.fromCodePoint(code) : "\ufffd", end: stop, valid };
}

/** Whether systemd takes the code point in UTF-8: no surrogate and no noncharacter. */
export function validCharacter(code: number): boolean {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
  return !(code >= 0xfdd0 && code <= 0xfdef) && (code & 0xfffe) !== 0xfffe;
}

/**
 * Writes text for the inside of quotes, or for a bare word.
 * @returns undefined for NUL and for what UTF-8 has no way to write
 */
export function writeEscaped(text: string, place: '"' | "'" | "bare"): string | undefined {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0 || !validCharacter(code)) return undefined;
    if (character === "\\" || character === place) out += `\\${character}`;
    else if (place === "bare" && (character === '"' || character === "'")) out += `\\${character}`;
    else if (character === "\t") out += "\\t";
    else if (character === "\n") out += "\\n";
    else if (character === " ") out += place === "bare" ? "\\s" : " ";
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else out += character;
  }
  return out;
}
