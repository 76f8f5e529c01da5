import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../context.js";

/** Real time and real chance. */
export const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (milliseconds, signal) => sleep(Math.max(0, milliseconds), undefined, { signal }),
};
