/** Does in VS Code's window what a test asks for (test/vscode/hands.ts): no command of VS Code's types into its own fields. */

/** Begins a line that asks for something. */
const mark = "[hands] ";

/** Milliseconds that what is asked for may take to appear: fewer than a test has. */
const timeout = 20_000;

/**
 * @param {import("playwright-core").Page} page
 * @param {string} line of VS Code's output
 * @returns {Promise<void> | undefined} undefined where the line asks for nothing; rejected where it cannot be done
 */
export function lendHands(page, line) {
  const start = line.indexOf(mark);
  if (start === -1) {
    return undefined;
  }
  const request = JSON.parse(line.slice(start + mark.length));
  return "field" in request ? type(page, request) : click(page, request);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {{ field: string, text: string, key: string }} request
 */
async function type(page, { field, text, key }) {
  await page.locator(field).fill(text, { timeout });
  await page.locator(field).press(key);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {{ part: string, texts: readonly string[], button: string }} request
 */
async function click(page, { part, texts, button }) {
  const shown = texts.reduce((found, hasText) => found.filter({ hasText }), page.locator(part));
  await shown.getByRole("button", { name: button }).click({ timeout });
}
