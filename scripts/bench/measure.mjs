// Interleaved runs and medians: what disturbs the machine disturbs all candidates alike.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Median milliseconds of each candidate, run in turns: processor time for what runs in this process (`cpu`), which
 * other work on the machine disturbs less, otherwise time on the clock.
 * @template {string} Name
 * @param {Readonly<Record<Name, () => unknown>>} candidates
 * @param {number} rounds
 * @param {{ cpu?: boolean, times?: number, warmUp?: number }} [options] how often a candidate runs in each of its turns,
 *   and how many turns of each come before those that count
 * @returns {Promise<Record<Name, number>>}
 */
export async function inTurns(candidates, rounds, { cpu = false, times = 1, warmUp = 2 } = {}) {
  const now = cpu ? () => process.cpuUsage().user / 1000 : () => performance.now();
  const names = /** @type {Name[]} */ (Object.keys(candidates));
  /** @type {Record<string, number[]>} */
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const name of names) {
      const start = now();
      for (let i = 0; i < times; i++) await candidates[name]();
      if (round >= warmUp) taken[name]?.push((now() - start) / times);
    }
  }
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries(names.map((name) => [name, median(taken[name] ?? [])]))
  );
}

/** @param {number} value */
export function ratio(value) {
  return value.toFixed(2);
}

/** @param {string} title @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows */
export function table(title, head, rows) {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const row of all)
    console.log(
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ")}`,
    );
}
