import { msg } from "../../../text/message.js";
import { isBareKey } from "./characters.js";
import { type Cursor, maximumDepth } from "./cursor.js";
import { KeyPart } from "./nodes.js";
import { readString } from "./strings.js";

/** A key as it was read. */
export interface KeyRead {
  /** The last part; undefined where no key stands. */
  readonly key: KeyPart | undefined;
  /** The parts before it. */
  readonly prefix: readonly KeyPart[];
  /** Something is wrong with it (reported), so that it names nothing. */
  readonly broken: boolean;
}

const none: readonly KeyPart[] = [];

/** Reads a key of one or more parts; the cursor ends after the last part and the blanks behind it. */
export function readKey(c: Cursor): KeyRead {
  const start = c.pos;
  c.skipBlanks();
  let key = readPart(c);
  if (!key) return { key, prefix: none, broken: true };
  c.skipBlanks();
  if (c.text.charCodeAt(c.pos) !== 46) return { key, prefix: none, broken: false };
  const prefix: KeyPart[] = [];
  while (c.text.charCodeAt(c.pos) === 46) {
    c.pos++;
    c.skipBlanks();
    const next = readPart(c);
    if (!next) {
      c.problem(c.pos - 1, c.pos, msg("GitLab Runner does not start: a name is missing after the dot."));
      return { key, prefix, broken: true };
    }
    prefix.push(key);
    key = next;
    c.skipBlanks();
  }
  if (prefix.length < maximumDepth) return { key, prefix, broken: false };
  c.tooDeep(start, msg("Nested more than {0} levels deep: not checked.", maximumDepth));
  return { key, prefix, broken: true };
}

function readPart(c: Cursor): KeyPart | undefined {
  const { text } = c;
  const start = c.pos;
  const first = text.charCodeAt(start);
  if (isBareKey(first)) {
    let end = start + 1;
    while (isBareKey(text.charCodeAt(end))) end++;
    c.pos = end;
    return new KeyPart(start, end, text.slice(start, end));
  }
  if (first !== 34 && first !== 39) return undefined;
  const value = readString(c);
  if (value.form.startsWith("multi")) {
    c.problem(start, value.end, msg("GitLab Runner does not start: a key cannot have more than one line."));
  }
  return new KeyPart(start, value.end, value.value);
}
