import { describe, expect, test } from "vitest";
import { type Attempt, httpDate, nextStep, retryGeneration } from "../../server/src/retry/rate-limit.js";

const now = Date.UTC(2015, 9, 21, 7, 27, 0);
const future = "Wed, 21 Oct 2015 07:28:00 GMT";
const past = "Wed, 21 Oct 2015 07:26:00 GMT";

function attempt(status: number, headers: Attempt["headers"] = {}, number = 1, random = 0.5): Attempt {
  return { number, backoffs: number - 1, status, headers, now, random };
}

test("the change came with 18.3", () => {
  expect(["16.11", "18.2", "18.3", "19.4", undefined].map(retryGeneration)).toEqual([
    "rate-limit",
    "rate-limit",
    "backoff",
    "backoff",
    "backoff",
  ]);
});

describe("up to 18.2", () => {
  const cases: [what: string, attempt: Attempt, expected: object][] = [
    ["no rate limit", attempt(200, { "RateLimit-ResetTime": future }), { kind: "return" }],
    ["another fault", attempt(503, { "RateLimit-ResetTime": future }), { kind: "return" }],
    ["no header", attempt(429), { kind: "return" }],
    ["an empty header", attempt(429, { "RateLimit-ResetTime": "" }), { kind: "return" }],
    [
      "a date to come",
      attempt(429, { "RateLimit-ResetTime": future }),
      { kind: "wait", until: now + 60_000, because: "reset-time" },
    ],
    [
      "lower case",
      attempt(429, { "ratelimit-resettime": future }),
      { kind: "wait", until: now + 60_000, because: "reset-time" },
    ],
    [
      "upper case",
      attempt(429, { "RATELIMIT-RESETTIME": future }),
      { kind: "wait", until: now + 60_000, because: "reset-time" },
    ],
    [
      "a date gone by: at once",
      attempt(429, { "RateLimit-ResetTime": past }),
      { kind: "wait", until: now - 60_000, because: "reset-time" },
    ],
    [
      "not a date: a minute",
      attempt(429, { "RateLimit-ResetTime": "soon" }),
      { kind: "wait", until: now + 60_000, because: "not-a-date" },
    ],
    ["Retry-After is not read", attempt(429, { "Retry-After": "7" }), { kind: "return" }],
    [
      "the fourth try",
      attempt(429, { "RateLimit-ResetTime": future }, 4),
      { kind: "wait", until: now + 60_000, because: "reset-time" },
    ],
    [
      "the fifth try",
      attempt(429, { "RateLimit-ResetTime": future }, 5),
      { kind: "give-up", error: "gave up due to rate limit" },
    ],
  ];
  test.each(cases)("%s", (_what, input, expected) => expect(nextStep(input, "rate-limit")).toEqual(expected));
});

describe("since 18.3", () => {
  const wait = (ms: number, because: string) => ({ kind: "wait", until: now + ms, because });
  const cases: [what: string, attempt: Attempt, expected: object][] = [
    ["all is well", attempt(200), { kind: "return" }],
    ["a fault that stays", attempt(404), { kind: "return" }],
    ["501 and 511 stay", attempt(501), { kind: "return" }],
    ["511", attempt(511), { kind: "return" }],
    ["512 and up pass", attempt(512), wait(100, "backoff")],
    ["a date to come", attempt(429, { "ratelimit-resettime": future, "Retry-After": "7" }), wait(60_000, "reset-time")],
    ["a date gone by", attempt(429, { "RateLimit-ResetTime": past, "Retry-After": "7" }), wait(7000, "retry-after")],
    ["not a date", attempt(429, { "RateLimit-ResetTime": "soon" }), wait(100, "backoff")],
    ["Retry-After of 0", attempt(503, { "retry-after": "0" }), wait(100, "backoff")],
    ["Retry-After as a date", attempt(503, { "retry-after": future }), wait(100, "backoff")],
    ["Retry-After with a sign, as Go reads numbers", attempt(503, { "retry-after": "+7" }), wait(7000, "retry-after")],
    ["the first wait of its kind", { ...attempt(500, {}, 3), backoffs: 0 }, wait(100, "backoff")],
    ["the second wait, half-way", attempt(500, {}, 2), wait(150, "backoff")],
    ["the fourth wait, no luck", attempt(500, {}, 4, 0), wait(100, "backoff")],
    ["the fifth response is returned", attempt(429, { "RateLimit-ResetTime": future }, 5), { kind: "return" }],
  ];
  test.each(cases)("%s", (_what, input, expected) => expect(nextStep(input, "backoff")).toEqual(expected));

  test.each([408, 429, 500, 502, 503, 504, 599])("%i is tried again", (status) => {
    expect(nextStep(attempt(status), "backoff").kind).toBe("wait");
  });
});

test("a date is one of RFC 1123", () => {
  expect(httpDate(future)).toBe(Date.UTC(2015, 9, 21, 7, 28, 0));
  for (const text of [
    "2015-10-21T07:28:00Z",
    "Wed, 21 Oct 2015 07:28:00",
    "Wed, 31 Feb 2015 07:28:00 GMT",
    "Wed, 21 Oct 2015 25:28:00 GMT",
    "",
    "21 Oct 2015 07:28:00 GMT",
  ]) {
    expect(httpDate(text), text).toBeUndefined();
  }
});
