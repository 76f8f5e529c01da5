/**
 * The backslash escapes of `echo`, of `printf` and of bash's `$'…'`, as dash 0.5.12, bash 5.2 and busybox 1.35 read them.
 */
export type EscapeSet =
  | "dash-echo" // also dash's printf %b
  | "bash-echo" // echo -e
  | "bash-percent-b"
  | "busybox-echo" // echo -e, also busybox's printf %b
  | "dash-printf"
  | "bash-printf"
  | "busybox-printf"
  | "bash-dollar"
  | "busybox-dollar";

export interface Escape {
  /** Characters of the source, backslash included. */
  readonly width: number;
  readonly text: string;
  /** Output ends here: `\c`. */
  readonly stop: boolean;
  /** A byte above 127, or a character that depends on the locale. */
  readonly unknown: boolean;
}

interface Rules {
  /** Single letters beside `abfnrtv\`. */
  readonly letters: string;
  /** Octal digits: `\0` and up to so many more, and `\` and up to so many from 1 on; 0 is none. */
  readonly afterZero: number;
  readonly octal: number;
  readonly hex: boolean;
  readonly unicode: boolean;
  readonly stop: boolean;
}

const rules: Readonly<Record<EscapeSet, Rules>> = {
  "dash-echo": { letters: "e", afterZero: 3, octal: 3, hex: false, unicode: false, stop: true },
  "bash-echo": { letters: "eE", afterZero: 3, octal: 0, hex: true, unicode: true, stop: true },
  "bash-percent-b": { letters: "eE", afterZero: 3, octal: 3, hex: true, unicode: true, stop: true },
  "busybox-echo": { letters: "e", afterZero: 3, octal: 3, hex: true, unicode: false, stop: true },
  "dash-printf": { letters: "e", afterZero: 2, octal: 3, hex: false, unicode: false, stop: false },
  "bash-printf": { letters: "eE\"'?", afterZero: 2, octal: 3, hex: true, unicode: true, stop: false },
  "busybox-printf": { letters: "e", afterZero: 2, octal: 3, hex: true, unicode: false, stop: true },
  "bash-dollar": { letters: "eE\"'?", afterZero: 2, octal: 3, hex: true, unicode: true, stop: false },
  "busybox-dollar": { letters: "\"'", afterZero: 2, octal: 3, hex: true, unicode: false, stop: false },
};

const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** What the backslash at `at` and the characters behind it stand for. One that begins no escape stands for itself. */
export function readEscape(text: string, at: number, set: EscapeSet): Escape {
  const rule = rules[set];
  const c = text.charAt(at + 1);
  if (c !== "" && ("abfnrtv\\".includes(c) || rule.letters.includes(c))) return plain(2, letters[c] ?? c);
  if (c === "c" && set === "bash-dollar") return control(text.charAt(at + 2));
  if (c === "c" && rule.stop) return { width: 2, text: "", stop: true, unknown: false };
  if (c === "0") return code(text, at + 1, digits(text, at + 2, rule.afterZero, /[0-7]/) + 1, 8, 1);
  if (/[1-7]/.test(c) && rule.octal > 0) return code(text, at + 1, digits(text, at + 1, rule.octal, /[0-7]/), 8, 1);
  if (c === "x" && rule.hex) return hex(text, at, 2, false);
  if (c === "u" && rule.unicode) return hex(text, at, 4, true);
  if (c === "U" && rule.unicode) return hex(text, at, 8, true);
  return plain(1, "\\");
}

function plain(width: number, text: string): Escape {
  return { width, text, stop: false, unknown: false };
}

/** `\cA` of bash's `$'…'`. */
function control(key: string): Escape {
  if (!/^[A-Za-z?[\]^_]$/.test(key)) return plain(1, "\\");
  return plain(3, key === "?" ? "\x7f" : String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f));
}

function digits(text: string, at: number, most: number, digit: RegExp): number {
  let n = 0;
  while (n < most && digit.test(text.charAt(at + n))) n++;
  return n;
}

function hex(text: string, at: number, most: number, unicode: boolean): Escape {
  const n = digits(text, at + 2, most, /[\da-fA-F]/);
  return n === 0 ? plain(1, "\\") : code(text, at + 2, n, 16, 2, unicode);
}

/** @param before characters between the backslash and the digits, the backslash included */
function code(text: string, at: number, n: number, radix: number, before: number, unicode = false): Escape {
  const value = Number.parseInt(text.slice(at, at + n), radix);
  const width = before + n;
  if (unicode) {
    const known = value <= 0x10ffff;
    return { width, text: known ? String.fromCodePoint(value) : "\ufffd", stop: false, unknown: value > 127 };
  }
  const byte = value & 0xff;
  return { width, text: byte > 127 ? "\ufffd" : String.fromCharCode(byte), stop: false, unknown: byte > 127 };
}
