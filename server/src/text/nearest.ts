/**
 * The word nearest to a misspelt one: at most a third of its letters are wrong, and no other word is as near.
 * Words are short: the cost is their lengths multiplied.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = spelling(word);
  if (wanted.length > 64) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let tied = false;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, spelling(candidate));
    if (distance < least) {
      best = candidate;
      least = distance;
      tied = false;
    } else if (distance === least) tied = true;
  }
  return tied ? undefined : best;
}

/** `tls_ca_file`, `tlsCaFile` and `tls-ca-file` are one word to who types them. */
export function spelling(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "");
}

/** How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
