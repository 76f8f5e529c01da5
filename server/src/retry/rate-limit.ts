/**
 * When GitLab Runner repeats a request to GitLab, as a pure function: the clock and chance come in by parameter.
 * There are two generations of it: network/ratelimit_requester.go, read in 18.2, and network/retry_requester.go, read in 19.4.
 */
export type RetryGeneration = "rate-limit" | "backoff";

/** What came back, and how often it was asked. */
export interface Attempt {
  /** How many requests were sent so far, this one included; from 1. */
  readonly number: number;
  /** How many of the waits so far were of the kind `backoff`: each may be longer than the one before. */
  readonly backoffs: number;
  readonly status: number;
  /** Headers, names in any letter case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** From 0 up to, not including, 1: spreads the waits of the newer generation. */
  readonly random: number;
}

/** What the runner does next. */
export type NextStep =
  /** Takes the response as it is, good or bad. */
  | { readonly kind: "return" }
  /** Sends the request again at `until` (milliseconds since the epoch; not later than now: at once). */
  | { readonly kind: "wait"; readonly until: number; readonly because: WaitReason }
  /** Fails with the runner's own words. */
  | { readonly kind: "give-up"; readonly error: "gave up due to rate limit" };

/** - `reset-time`: RateLimit-ResetTime; `not-a-date`: it is there and no date; `retry-after`; `backoff` */
export type WaitReason = "reset-time" | "not-a-date" | "retry-after" | "backoff";

const mostAttempts = 5;
const minute = 60_000;

/** The generation of a version `MAJOR.MINOR`; undefined is the newest. The change came with 18.3. */
export function retryGeneration(version: string | undefined): RetryGeneration {
  if (version === undefined) return "backoff";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 18 || (major === 18 && minor >= 3) ? "backoff" : "rate-limit";
}

export function nextStep(attempt: Attempt, generation: RetryGeneration): NextStep {
  return generation === "rate-limit" ? untilReset(attempt) : withBackoff(attempt);
}

/** Up to 18.2: only 429, and only where the server says when. */
function untilReset({ number, status, headers, now }: Attempt): NextStep {
  const reset = header(headers, "RateLimit-ResetTime");
  if (status !== 429 || reset === undefined || reset === "") return { kind: "return" };
  if (number >= mostAttempts) return { kind: "give-up", error: "gave up due to rate limit" };
  const date = httpDate(reset);
  if (date === undefined) return { kind: "wait", until: now + minute, because: "not-a-date" };
  return { kind: "wait", until: date, because: "reset-time" };
}

/** Since 18.3: what may pass is tried again; the last response is returned as it is. */
function withBackoff({ number, backoffs, status, headers, now, random }: Attempt): NextStep {
  const passing = [408, 429, 500, 502, 503, 504].includes(status) || status >= 512;
  if (!passing || number >= mostAttempts) return { kind: "return" };
  const date = httpDate(header(headers, "RateLimit-ResetTime") ?? "");
  if (date !== undefined && date > now) return { kind: "wait", until: date, because: "reset-time" };
  const seconds = /^\+?\d{1,9}$/.exec(header(headers, "Retry-After") ?? "")?.[0];
  if (seconds !== undefined && Number(seconds) > 0) {
    return { kind: "wait", until: now + Number(seconds) * 1000, because: "retry-after" };
  }
  const least = 100;
  const longest = Math.min(minute, least * 2 ** backoffs);
  return { kind: "wait", until: now + least + random * (longest - least), because: "backoff" };
}

function header(headers: Attempt["headers"], name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(headers).find(([key]) => key.toLowerCase() === lower)?.[1];
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A date in the form of RFC 1123 (`Wed, 21 Oct 2015 07:28:00 GMT`), as Go's time.RFC1123 reads it: the day of the week
 * is not compared with the date, and a zone that is no UTC counts as UTC.
 * @returns milliseconds since the epoch
 */
export function httpDate(text: string): number | undefined {
  const match =
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) [A-Z]{3,5}$/.exec(text);
  if (!match) return undefined;
  const month = months.indexOf(match[2] ?? "");
  const [day, year, hour, minutes, second] = [match[1], match[3], match[4], match[5], match[6]].map(Number);
  if (month < 0 || day === undefined || year === undefined) return undefined;
  if ((hour ?? 0) > 23 || (minutes ?? 0) > 59 || (second ?? 0) > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  // 30 February is none.
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month) return undefined;
  return date.setUTCHours(hour ?? 0, minutes ?? 0, second ?? 0);
}
