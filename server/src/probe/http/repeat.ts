import { nextStep, type RetryGeneration, type WaitReason } from "../../retry/rate-limit.js";
import type { Clock } from "../context.js";
import type { Answer } from "./exchange.js";

/** What the runner has in the end. */
export interface Repeated {
  /** How many requests were sent. */
  readonly attempts: number;
  /** - `answer`: the last one; `gave-up`: in the runner's own words; `too-long`: the runner would wait longer than we do */
  readonly end:
    | { readonly kind: "answer"; readonly answer: Answer }
    | { readonly kind: "gave-up"; readonly error: string }
    | { readonly kind: "too-long"; readonly until: number; readonly because: WaitReason; readonly status: number };
}

export interface Repetition {
  readonly generation: RetryGeneration;
  readonly clock: Clock;
  /** Milliseconds for all requests and waits. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Is told of each wait. */
  readonly waiting?: (until: number, status: number) => void;
}

/** Sends a request again as often as GitLab Runner does, and waits as long. Failures without a response are not repeated. */
export async function repeat(
  sendOnce: () => Promise<Answer>,
  { generation, clock, limit, signal, waiting }: Repetition,
): Promise<Repeated> {
  const end = clock.now() + limit;
  let backoffs = 0;
  for (let attempts = 1; ; attempts++) {
    const answer = await sendOnce();
    if (answer.kind !== "response") return { attempts, end: { kind: "answer", answer } };
    const { status, headers } = answer;
    const now = clock.now();
    const step = nextStep({ number: attempts, backoffs, status, headers, now, random: clock.random() }, generation);
    if (step.kind === "return") return { attempts, end: { kind: "answer", answer } };
    if (step.kind === "give-up") return { attempts, end: { kind: "gave-up", error: step.error } };
    const { until, because } = step;
    if (because === "backoff") backoffs++;
    if (until > end) return { attempts, end: { kind: "too-long", until, because, status } };
    if (until <= now) continue;
    waiting?.(until, status);
    await clock.wait(until - now, signal);
  }
}
