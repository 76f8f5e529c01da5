import { setFlagsFromString } from "node:v8";

/**
 * How V8's heap grows. Left alone it doubles rather than collects, and keeps up to 48 MB for what is new: 95 MB for a
 * server with a thousand documents where 80 do, 350 MB for a lint of 5,000 files where 240 do.
 */
const usual = ["--heap-growing-percent=0", "--semi-space-growth-factor=2"];
const slow = ["--heap-growing-percent=20", "--semi-space-growth-factor=1"];

let slowed = false;

/** From now on the heap grows by a fifth at a time. */
export function growSlowly(): void {
  slowed = true;
  set(slow);
}

/** From now on the heap grows as it did when the process started, whichever bundle had it grow otherwise. */
export function growAsStarted(): void {
  slowed = false;
  set(usual);
}

/** Does what has to do with compiled code: V8 refuses code that was compiled under other flags. */
export function asStarted<T>(work: () => T): T {
  if (!slowed) return work();
  growAsStarted();
  try {
    return work();
  } finally {
    growSlowly();
  }
}

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}
