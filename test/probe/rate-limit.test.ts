import { describe, expect, it } from "vitest";
import type { Progress } from "../../server/src/probe/check.js";
import { english } from "../../server/src/text/message.js";
import { requestResult, TestClock } from "./host.js";
import { json, serveHttp } from "./servers.js";

/** What a GitLab answers, the first time, the second time …; the last again and again. */
type Answers = readonly (readonly [status: number, headers?: Record<string, string>])[];

const at = (seconds: number) => new Date(new TestClock().now() + seconds * 1000).toUTCString();
const good = [401] as const;
const forever: Answers = [[429, { "RateLimit-ResetTime": "soon" }]];

async function ask(version: string | undefined, answers: Answers, limit = 3_600_000) {
  const clock = new TestClock();
  let count = 0;
  await using gitlab = await serveHttp((_request, response) => {
    const [status, headers = {}] = answers[Math.min(count++, answers.length - 1)] ?? [500];
    response.writeHead(status, { ...json, ...headers }).end("{}");
  });
  const told: string[] = [];
  const progress = (step: Progress) => void (step.kind === "note" && told.push(english(step.message)));
  const result = await requestResult(
    { url: `http://127.0.0.1:${gitlab.port}/` },
    { clock, limits: { repetitions: limit }, progress },
    { runnerVersion: version },
  );
  return { ...result, waits: clock.waits, requests: count, told };
}

describe("a GitLab that limits requests, asked as by GitLab Runner 18.2", () => {
  const runner = "18.2";

  it.each([
    ["a date to come", "RateLimit-ResetTime", at(40), [40_000]],
    ["lower case", "ratelimit-resettime", at(40), [40_000]],
    ["upper case", "RATELIMIT-RESETTIME", at(40), [40_000]],
    ["a date gone by", "RateLimit-ResetTime", at(-40), []],
    ["not a date", "RateLimit-ResetTime", "in a while", [60_000]],
  ])("is waited for: %s", async (_what, name, value, waits) => {
    expect(await ask(runner, [[429, { [name]: value }], good])).toMatchObject({ verdict: "ok", waits, requests: 2 });
  });

  it("is taken at its word where it does not say until when", async () => {
    const result = await ask(runner, [[429, { "Retry-After": "7" }], good]);
    expect(result).toMatchObject({ verdict: "problem", waits: [], requests: 1 });
    expect(result.message).toContain("answers 429 after 1 requests");
  });

  it("is given up after five requests, in the runner's words", async () => {
    const result = await ask(runner, forever);
    expect(result).toMatchObject({ verdict: "problem", requests: 5, waits: [60_000, 60_000, 60_000, 60_000] });
    expect(result.message).toContain("gave up due to rate limit");
  });

  it("is not asked again for another fault", async () => {
    expect(await ask(runner, [[503], good])).toMatchObject({ verdict: "problem", requests: 1 });
  });
});

describe("a GitLab that limits requests, asked as by the newest GitLab Runner", () => {
  it.each([
    ["RateLimit-ResetTime to come", { "RateLimit-ResetTime": at(40) }, [40_000]],
    ["RateLimit-ResetTime gone by, Retry-After", { "RateLimit-ResetTime": at(-40), "Retry-After": "7" }, [7000]],
    ["no date, Retry-After", { "RateLimit-ResetTime": "in a while", "Retry-After": "7" }, [7000]],
    ["neither: from 100 ms on", {}, [100]],
  ])("is waited for: %s", async (_what, headers, waits) => {
    expect(await ask(undefined, [[429, headers], good])).toMatchObject({ verdict: "ok", waits, requests: 2 });
  });

  it.each([408, 500, 502, 503, 504, 520])("is asked five times where it answers %i, ever later", async (status) => {
    const result = await ask(undefined, [[status]]);
    expect(result).toMatchObject({ requests: 5, waits: [100, 150, 250, 450] });
  });

  it("returns the last answer instead of giving up", async () => {
    const result = await ask(undefined, [[429, { "Retry-After": "1" }]]);
    expect(result).toMatchObject({ verdict: "problem", requests: 5, waits: [1000, 1000, 1000, 1000] });
    expect(result.message).toContain("answers 429 after 5 requests");
  });
});

it("a wait is told before it begins, and so is the request", async () => {
  const { told } = await ask(undefined, [[429, { "Retry-After": "7" }], good]);
  expect(told).toEqual([
    expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/api\/v4\/version without a proxy$/),
    expect.stringMatching(/^127\.0\.0\.1:\d+ answers 429: waiting until 2026-11-24T09:00:07\.000Z$/),
  ]);
});

describe("the time limit of the check", () => {
  it.each(["18.2", undefined])(
    "ends waits that would go beyond it, and says how long they were (%s)",
    async (version) => {
      const result = await ask(version, [[429, { "RateLimit-ResetTime": at(600) }], good], 90_000);
      expect(result).toMatchObject({ verdict: "problem", waits: [], requests: 1 });
      expect(result.message).toContain("lets the runner wait until 2026-11-24T09:10:00.000Z");
    },
  );
});
