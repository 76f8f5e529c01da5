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
 * @param {{ cpu?: boolean }} [options]
 * @returns {Promise<Record<Name, number>>}
 */
export async function inTurns(candidates, rounds, { cpu = false } = {}) {
  const now = cpu ? () => process.cpuUsage().user / 1000 : () => performance.now();
  const names = /** @type {Name[]} */ (Object.keys(candidates));
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + 2; round++) {
    for (const name of names) {
      const start = now();
      await candidates[name]();
      // The first two rounds warm up.
      if (round >= 2) times[name]?.push(now() - start);
    }
  }
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries(names.map((name) => [name, median(times[name] ?? [])]))
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
