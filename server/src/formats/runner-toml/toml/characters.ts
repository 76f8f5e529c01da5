/** Whether a character may stand in a bare key: letters, digits, `_` and `-` of ASCII. */
export function isBareKey(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 45
  );
}

const notKeys = new Set(["true", "false", "inf", "nan"]);

/**
 * Whether the line that goes on at `at` looks like the next statement rather than a part of an unclosed array or string:
 * a header, or (unless `headersOnly`) `key =`.
 */
export function looksLikeStatement(text: string, at: number, headersOnly: boolean): boolean {
  const first = text.charCodeAt(at);
  if (first === 91) return looksLikeHeader(text, at);
  if (headersOnly || !isBareKey(first)) return false;
  let end = at + 1;
  while (isBareKey(text.charCodeAt(end)) || text.charCodeAt(end) === 46) end++;
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  return text.charCodeAt(end) === 61;
}

function looksLikeHeader(text: string, at: number): boolean {
  let from = at + 1;
  const array = text.charCodeAt(from) === 91;
  if (array) from++;
  while (text.charCodeAt(from) === 32) from++;
  const first = text.charCodeAt(from);
  if (!isBareKey(first) || (first >= 48 && first <= 57) || first === 45) return false;
  let end = from + 1;
  while (isBareKey(text.charCodeAt(end)) || text.charCodeAt(end) === 46) end++;
  const name = text.slice(from, end);
  while (text.charCodeAt(end) === 32) end++;
  if (text.charCodeAt(end) !== 93 || (array && text.charCodeAt(end + 1) !== 93) || notKeys.has(name)) return false;
  end += array ? 2 : 1;
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  const after = text.charCodeAt(end);
  return after === 10 || after === 13 || after === 35 || end >= text.length;
}
