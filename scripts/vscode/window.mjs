/** What a person does in a window of VS Code, done by playwright. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {Page} page
 * @param {string} name of a file, the only one of its name
 */
export async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  await page.keyboard.type(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** @param {Page} page */
export async function waitForFindings(page) {
  await page.locator("#status\\.problems", { hasText: /[1-9]/ }).waitFor();
}

/**
 * Puts the cursor on the next finding, without the view that VS Code opens for it.
 * @param {Page} page
 */
export async function nextFinding(page) {
  await command(page, "Go to Next Problem (Error, Warning, Info)");
  await page.locator(".marker-widget").waitFor();
  await page.keyboard.press("Escape");
}

/**
 * @param {Page} page
 * @param {string} title of a command in the palette
 */
export async function command(page, title) {
  await page.keyboard.press("F1");
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

/**
 * Opens a file with the cursor right behind the only occurrence of a piece of text.
 * @param {Page} page
 * @param {string} path of the file
 * @param {string} piece
 */
export async function openFileAt(page, path, piece) {
  const text = await readFile(path, "utf8");
  const end = text.indexOf(piece) + piece.length;
  if (end < piece.length || text.includes(piece, end)) throw new Error(`${path} does not hold this once: ${piece}`);
  const before = text.slice(0, end).split("\n");
  await openFile(page, basename(path));
  await page.keyboard.press("Control+G");
  const [line, column] = [before.length, (before.at(-1) ?? "").length + 1];
  await page.keyboard.type(`${line}:${column}`);
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: `${column}` })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/**
 * Asks for completion where the cursor is, and waits until the chosen entry tells of itself.
 * @param {Page} page
 * @param {string} label of an entry that comes
 */
export async function complete(page, label) {
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: label }).first().waitFor();
}

/**
 * Chooses what a question offers first, or what is written.
 * @param {Page} page
 * @param {string} question
 * @param {string} [label] of the answer
 */
export async function answer(page, question, label) {
  const box = page.locator(".quick-input-widget");
  await box.locator(`[placeholder="${question}"], .quick-input-message:has-text("${question}")`).first().waitFor();
  if (label !== undefined) await page.keyboard.type(label);
  await page.keyboard.press("Enter");
}

/**
 * From the light theme, with which VS Code starts, to the dark one.
 * @param {Page} page
 */
export async function toggleTheme(page) {
  await command(page, "Preferences: Toggle between Light/Dark Themes");
  await page.locator(".monaco-workbench.vs-dark").waitFor();
}
