/** Runs the suite in a page that shows VS Code. */
import { appendFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outputFolder } from "../lib/paths.mjs";
import { withPage } from "./browser.mjs";
import { lendHands } from "./hands.mjs";
import { counts, isFailure, suiteLine } from "./report.mjs";

/** Milliseconds for the whole suite, the start of VS Code included. */
const limit = 240_000;

/**
 * Opens the page, lets its suite run to the end and keeps all that VS Code logs, and a screenshot for each failure.
 * @param {{ name: string, url: string, prepare?: (page: import("playwright-core").Page) => Promise<void> }} options
 *   `prepare` is given the page before it is opened
 * @returns {Promise<import("./hosts.mjs").SuiteResult>}
 */
export async function runInBrowser({ name, url, prepare }) {
  const folder = join(outputFolder, name);
  const log = join(folder, "console.log");
  await mkdir(folder, { recursive: true });
  await writeFile(log, "");
  /** @type {string[]} */
  const lines = [];
  /** @type {Promise<void>[]} */
  const asked = [];
  await withPage(async (page) => {
    await prepare?.(page);
    const screenshot = () => page.screenshot({ path: join(folder, "failure.png") });
    // VS Code calls these two by name where it finds them in the page.
    await page.exposeFunction("codeAutomationLog", (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const text = args.map(String).join(" ");
      appendFileSync(log, `${type} ${text}\n`);
      const done = lendHands(page, text);
      if (done !== undefined) {
        asked.push(done);
        return done.catch(screenshot);
      }
      const line = suiteLine(text);
      if (line !== undefined) {
        lines.push(line);
        if (isFailure(line)) {
          return screenshot();
        }
      }
    });
    /** @type {Promise<boolean>} */
    const ended = new Promise((resolve, reject) => {
      page
        .exposeFunction("codeAutomationExit", () => resolve(true))
        .then(() => page.goto(url))
        .catch(reject);
      setTimeout(resolve, limit, false).unref();
    });
    if (!(await ended)) {
      await screenshot();
    }
    await Promise.all(asked);
  });
  return { ...counts(lines, log), lines };
}
