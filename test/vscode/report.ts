/**
 * Where a test's outcome goes: the extension host's console, the one way out of every host.
 *
 * Each line begins with a mark, since VS Code logs there too; scripts/vscode/report.mjs reads them. The last line is
 * "N passed, N failed".
 */

/** Prints every outcome of a run as it comes, and the counts at its end. */
export function report(runner: Mocha.Runner): void {
  let passed = 0;
  let failed = 0;
  runner.on("pass", (test) => {
    passed++;
    say(`✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
  });
  runner.on("fail", (test, error: unknown) => {
    failed++;
    say(`✘ ${test.fullTitle()}`);
    for (const line of describe(error).split("\n")) {
      say(`    ${line}`);
    }
  });
  runner.on("end", () => say(`${passed} passed, ${failed} failed`));
}

/** The message, and the few frames that are the test's own. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? [] : [`because of ${describe(error.cause)}`];
  return [`${error.name}: ${error.message}`, ...frames.slice(0, 4).map((frame) => frame.trim()), ...cause].join("\n");
}

function say(line: string): void {
  console.log(`[suite] ${line}`);
}
