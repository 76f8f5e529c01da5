import { msg } from "../../../text/message.js";
import { isBareKey } from "./characters.js";
import { type Cursor, maximumDepth } from "./cursor.js";
import { KeyPart } from "./nodes.js";
import { readString } from "./strings.js";

/**
 * Reads a key of one or more parts; the cursor ends after the last part and the blanks behind it.
 * @returns no parts where no key stands; `broken` where something is wrong with it (reported)
 */
export function readKey(c: Cursor): { parts: KeyPart[]; broken: boolean } {
  const parts: KeyPart[] = [];
  const { text } = c;
  const start = c.pos;
  for (;;) {
    c.skipBlanks();
    const part = readPart(c);
    if (!part) {
      // A dot and no name after it.
      if (parts.length > 0)
        c.problem(c.pos - 1, c.pos, msg("GitLab Runner does not start: a name is missing after the dot."));
      return { parts, broken: true };
    }
    parts.push(part);
    c.skipBlanks();
    if (text.charCodeAt(c.pos) !== 46) break;
    c.pos++;
  }
  if (parts.length > maximumDepth) {
    c.tooDeep(start, msg("Nested more than {0} levels deep: not checked.", maximumDepth));
    return { parts, broken: true };
  }
  return { parts, broken: false };
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
