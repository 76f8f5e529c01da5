import { createScanner } from "jsonc-parser";
import type { Span } from "../../text/span.js";

/** A word of a JSON text. */
export interface Token extends Span {
  readonly text: string;
}

/** The words of a JSON text, however broken it is. Blanks between them are words too if they are wanted. */
export function tokensOf(text: string, blanks: boolean): readonly Token[] {
  const scanner = createScanner(text, false);
  const found: Token[] = [];
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const word = text.slice(start, end);
    if (blanks || word.trim() !== "") found.push({ start, end, text: word });
  }
  return found;
}

/** Words that take the place of others; `from` and `to` count words of the old list, `added` are of the new. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly added: readonly Token[];
}

/** Compared words at most: beyond, what lies between the common ends is taken as one change. */
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
