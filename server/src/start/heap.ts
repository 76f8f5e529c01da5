import { setFlagsFromString } from "node:v8";

/**
 * How V8's heap grows. Left alone it doubles rather than collects, and keeps up to 48 MB for what is new: 95 MB for a
 * server with a thousand documents where 80 do, 350 MB for a lint of 5,000 files where 240 do. Where there is little to
 * hold, that is what makes it fast: a keystroke in a large file costs a third.
 */
const usual = ["--heap-growing-percent=0", "--semi-space-growth-factor=2"];
const slow = ["--heap-growing-percent=20", "--semi-space-growth-factor=1"];

/** Every bundle has a copy of this module, and the process one set of flags. */
const slowed = Symbol.for("runner-proxy.heap-grows-slowly");

/** From now on the heap grows by a fifth at a time. */
export function growSlowly(): void {
  Reflect.set(globalThis, slowed, true);
  set(slow);
}

/** Does what has to do with compiled code: V8 refuses code that was compiled under other flags. */
export function asStarted<T>(work: () => T): T {
  if (Reflect.get(globalThis, slowed) !== true) return work();
  set(usual);
  try {
    return work();
  } finally {
    set(slow);
  }
}

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}
