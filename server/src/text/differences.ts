import type { Span, TextEdit } from "./span.js";

/** A stretch of a text that is compared as a whole: a word, a line. */
export interface Token extends Span {
  readonly text: string;
}

/** Stretches that take the place of others; `from` and `to` count those of the old list, `added` are of the new. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly added: readonly Token[];
}

/** Compared stretches at most: beyond, what lies between the common ends is taken as one change. */
const most = 4_000_000;

/** The changes between two lists, the shortest possible. */
export function differences(before: readonly Token[], after: readonly Token[]): readonly Hunk[] {
  const same = (i: number, j: number) => before[i]?.text === after[j]?.text;
  let head = 0;
  while (head < before.length && head < after.length && same(head, head)) head++;
  let tail = 0;
  const limit = Math.min(before.length, after.length) - head;
  while (tail < limit && same(before.length - 1 - tail, after.length - 1 - tail)) tail++;
  const [m, n] = [before.length - tail - head, after.length - tail - head];
  if (m === 0 && n === 0) return [];
  if (m * n > most) return [{ from: head, to: head + m, added: after.slice(head, head + n) }];
  const lengths = commonLengths(m, n, (i, j) => same(head + i, head + j));
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < m || j < n) {
    const [from, first] = [i, j];
    while ((i < m || j < n) && !(i < m && j < n && same(head + i, head + j))) {
      const [down, right] = [lengths[(i + 1) * (n + 1) + j] ?? 0, lengths[i * (n + 1) + j + 1] ?? 0];
      if (i < m && (j >= n || down >= right)) i++;
      else j++;
    }
    if (i > from || j > first)
      hunks.push({ from: head + from, to: head + i, added: after.slice(head + first, head + j) });
    else [i, j] = [i + 1, j + 1];
  }
  return hunks;
}

/** For each pair of places the length of the longest common rest. */
function commonLengths(m: number, n: number, same: (i: number, j: number) => boolean): Uint32Array {
  const table = new Uint32Array((m + 1) * (n + 1));
  for (let i = m - 1; i >= 0; i--) {
    for (let j = n - 1; j >= 0; j--) {
      const at = i * (n + 1) + j;
      const [down, right, both] = [table[at + n + 1] ?? 0, table[at + 1] ?? 0, table[at + n + 2] ?? 0];
      table[at] = same(i, j) ? both + 1 : Math.max(down, right);
    }
  }
  return table;
}

/** The edits that make of one text another, changed lines alone, and of those what is not the same at both ends. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const [old, wanted] = [linesOf(before), linesOf(after)];
  return differences(old, wanted).map(({ from, to, added }) => {
    const start = old[from]?.start ?? before.length;
    const end = from < to ? (old[to - 1]?.end ?? start) : start;
    return trimmed(before, { span: { start, end }, newText: added.map(({ text }) => text).join("") });
  });
}

/** Lines with their line endings. */
function linesOf(text: string): readonly Token[] {
  return [...text.matchAll(/[^\n]*\n|[^\n]+$/g)].map(({ 0: line, index }) => {
    return { start: index, end: index + line.length, text: line };
  });
}

/** Without what both sides share at their ends; a character of two units is not cut. */
export function trimmed(text: string, { span, newText }: TextEdit): TextEdit {
  const old = text.slice(span.start, span.end);
  const most = Math.min(old.length, newText.length);
  let head = 0;
  while (head < most && old[head] === newText[head]) head++;
  if (/[\ud800-\udbff]/.test(old[head - 1] ?? "")) head--;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === newText[newText.length - 1 - tail]) tail++;
  if (/[\udc00-\udfff]/.test(old[old.length - tail] ?? "")) tail--;
  const place: Span = { start: span.start + head, end: span.end - tail };
  return { span: place, newText: newText.slice(head, newText.length - tail) };
}
