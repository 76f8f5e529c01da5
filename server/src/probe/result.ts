import { type Message, msg } from "../text/message.js";

/** What a step looks at. */
export type StepId = "docker0" | "listening" | "loaded" | "gitlab" | "boot-order" | "file-modes";

/** `unknown`: it cannot be told here; the message says why. */
export type Verdict = "ok" | "problem" | "unknown";

/** What to do. Nothing of it is done for the user. */
export interface Advice {
  readonly text: Message;
  /** For a terminal on the machine that was checked. */
  readonly commands?: readonly string[];
}

/** One thing that a step found. The message may hold secrets until it is redacted. */
export interface Result {
  readonly verdict: Verdict;
  readonly message: Message;
  /** Why it is so, as far as the files tell. */
  readonly because?: Message;
  readonly advice?: Advice;
}

/** All that a step found. */
export interface StepResult {
  readonly id: StepId;
  readonly title: Message;
  readonly results: readonly Result[];
}

export function ok(message: Message): Result {
  return { verdict: "ok", message };
}

export function unknown(message: Message): Result {
  return { verdict: "unknown", message };
}

/** Where a file is missing for an answer. @param denied those that this user may not read: it may be one of them */
export function missing(message: Message, denied: readonly string[]): Result {
  if (denied.length === 0) return unknown(message);
  return { ...unknown(message), because: msg("This user may not read {0}.", denied.join(", ")) };
}

export function problem(message: Message, text: Message, commands?: readonly string[]): Result {
  return { verdict: "problem", message, advice: { text, ...(commands && { commands }) } };
}
