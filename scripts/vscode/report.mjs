/** What the suite prints (test/vscode/report.ts), read back from among all that VS Code prints. */
import { Failure } from "../lib/step.mjs";

/** Begins every line of the suite's own. */
const mark = "[suite] ";

/**
 * The suite's line in a line of VS Code's output.
 * @param {string} line
 * @returns {string | undefined} undefined where it is VS Code's own
 */
export function suiteLine(line) {
  const start = line.indexOf(mark);
  return start === -1 ? undefined : line.slice(start + mark.length);
}

/**
 * Whether a line of the suite tells a failed test.
 * @param {string} line
 */
export function isFailure(line) {
  return line.startsWith("✘ ");
}

/**
 * The counts in the suite's last line, "N passed, N failed".
 * @param {readonly string[]} lines
 * @param {string} log the file to look into where the suite did not get that far
 */
export function counts(lines, log) {
  const found = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? "");
  if (found === null) {
    throw new Failure([...lines, `The suite did not end: see ${log}`].join("\n"));
  }
  return { passed: Number(found[1]), failed: Number(found[2]) };
}
