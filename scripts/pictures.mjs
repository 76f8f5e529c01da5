/**
 * npm run pictures: makes the README's pictures, docs/images/*.png, from a real window; `npm run pictures -- hover` makes
 * one of them.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runMain, step } from "./lib/step.mjs";
import { withExampleHost } from "./vscode/example-host.mjs";
import { nodeHostUrl, startServer } from "./vscode/server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const images = join(root, "docs", "images");

/** What distracts from the files is left out of the window. */
const settings = {
  "breadcrumbs.enabled": false,
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.fontSize": 13,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.wordWrap": "on",
  "explorer.compactFolders": true,
  "problems.decorations.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** @typedef {{ name: string, size: { width: number, height: number }, prepare: (page: Page) => Promise<void> }} Picture */

/** @type {Picture[]} */
const pictures = [
  {
    name: "problems",
    size: { width: 1280, height: 800 },
    async prepare(page) {
      await openFile(page, "config.toml");
      await waitForFindings(page);
      await command(page, "Problems: Focus on Problems View");
      await page.locator(".markers-panel .monaco-list-row").nth(1).waitFor();
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "quick-fix",
    size: { width: 960, height: 400 },
    async prepare(page) {
      await openFile(page, "cntlm.conf");
      await waitForFindings(page);
      await nextFinding(page);
      await page.keyboard.press("Control+.");
      await page.locator(".action-widget").first().waitFor();
    },
  },
  {
    name: "hover",
    size: { width: 960, height: 400 },
    async prepare(page) {
      await openFile(page, "cntlm.conf");
      await waitForFindings(page);
      await nextFinding(page);
      await command(page, "Show or Focus Hover");
      await page.locator(".monaco-hover:visible").first().waitFor();
    },
  },
  { name: "chain", size: { width: 1440, height: 1280 }, prepare: (page) => showChain(page, false) },
  { name: "chain-dark", size: { width: 1440, height: 1280 }, prepare: (page) => showChain(page, true) },
];

/**
 * Shows the picture of the chain beside the view in the Explorer.
 * @param {Page} page
 * @param {boolean} dark in the dark theme; else in the light one, with which VS Code starts
 */
async function showChain(page, dark) {
  if (dark) await command(page, "Preferences: Toggle between Light/Dark Themes");
  await openFile(page, "config.toml");
  await waitForFindings(page);
  await command(page, "Explorer: Focus on Proxy Chain View");
  await page.locator(".pane", { hasText: "Proxy Chain" }).locator(".monaco-list-row").nth(1).waitFor();
  await command(page, "Runner Proxy: Show Chain");
  const picture = page.frameLocator("iframe.webview").frameLocator("iframe");
  await picture.locator(".box").first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} name of a file, the only one of its name
 */
async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  await page.keyboard.type(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** @param {Page} page */
async function waitForFindings(page) {
  await page.locator("#status\\.problems", { hasText: /[1-9]/ }).waitFor();
}

/**
 * Puts the cursor on the next finding, without the view that VS Code opens for it.
 * @param {Page} page
 */
async function nextFinding(page) {
  await command(page, "Go to Next Problem (Error, Warning, Info)");
  await page.locator(".marker-widget").waitFor();
  await page.keyboard.press("Escape");
}

/**
 * @param {Page} page
 * @param {string} title of a command in the palette
 */
async function command(page, title) {
  await page.keyboard.press("F1");
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

await runMain(async () => {
  const names = process.argv.slice(2);
  const wanted = pictures.filter(({ name }) => names.length === 0 || names.includes(name));
  await ensureInstalled();
  const { ensureChromium, withPage } = await import("./vscode/browser.mjs");
  await ensureChromium();
  await step("Building", () => run("npm", ["run", "--silent", "build"]));
  await mkdir(images, { recursive: true });
  const server = await startServer({ name: "pictures", settings });
  try {
    await withExampleHost(async (folder) => {
      for (const { name, size, prepare } of wanted) {
        await step(`Taking docs/images/${name}.png`, () =>
          withPage(async (page) => {
            await page.setViewportSize(size);
            await page.goto(nodeHostUrl({ port: server.port, folder, extension: root }));
            await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
            await prepare(page);
            // Animations and late decorations come to rest.
            await page.waitForTimeout(1500);
            await page.screenshot({ path: join(images, `${name}.png`) });
          }),
        );
      }
    });
  } finally {
    await server.stop();
  }
});
