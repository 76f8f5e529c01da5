/**
 * npm run pictures: makes the pictures of README and docs, docs/images/*.png, from a real window; `npm run pictures -- hover`
 * makes one of them, `--dark` in the dark theme, `--to FOLDER` elsewhere.
 */
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runMain, step } from "./lib/step.mjs";
import { withExampleHost } from "./vscode/example-host.mjs";
import { nodeHostUrl, startServer } from "./vscode/server.mjs";
import { typingPictures } from "./vscode/typing-pictures.mjs";
import { command, nextFinding, openFile, toggleTheme, waitForFindings } from "./vscode/window.mjs";

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

/**
 * @typedef {{
 *   name: string,
 *   size: { width: number, height: number },
 *   prepare: (page: Page, folder: string) => Promise<void>,
 * }} Picture `folder` holds the example host
 */

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
  ...typingPictures,
  { name: "chain", size: { width: 1440, height: 1280 }, prepare: (page) => showChain(page, false) },
  { name: "chain-dark", size: { width: 1440, height: 1280 }, prepare: (page) => showChain(page, true) },
];

/**
 * Shows the picture of the chain beside the view in the Explorer.
 * @param {Page} page
 * @param {boolean} dark in the dark theme; else in the light one, with which VS Code starts
 */
async function showChain(page, dark) {
  if (dark) await toggleTheme(page);
  await openFile(page, "config.toml");
  await waitForFindings(page);
  await command(page, "Explorer: Focus on Proxy Chain View");
  await page.locator(".pane", { hasText: "Proxy Chain" }).locator(".monaco-list-row").nth(1).waitFor();
  await command(page, "Runner Proxy: Show Chain");
  const picture = page.frameLocator("iframe.webview").frameLocator("iframe");
  await picture.locator(".box").first().waitFor();
}

await runMain(async () => {
  const { values, positionals: names } = parseArgs({
    options: { dark: { type: "boolean" }, to: { type: "string", default: images } },
    allowPositionals: true,
  });
  const { dark, to } = values;
  const wanted = pictures.filter(({ name }) => names.length === 0 || names.includes(name));
  await ensureInstalled();
  const { ensureChromium, withPage } = await import("./vscode/browser.mjs");
  await ensureChromium();
  await step("Building", () => run("npm", ["run", "--silent", "build"]));
  await mkdir(to, { recursive: true });
  const server = await startServer({ name: "pictures", settings });
  try {
    for (const { name, size, prepare } of wanted) {
      await step(`Taking ${join(relative(root, to), name)}.png`, () =>
        // A browser saves by itself: each picture has files of its own.
        withExampleHost((folder) =>
          withPage(async (page) => {
            await page.setViewportSize(size);
            await page.goto(nodeHostUrl({ port: server.port, folder, extension: root }));
            await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
            if (dark) await toggleTheme(page);
            await prepare(page, folder);
            // Animations and late decorations come to rest.
            await page.waitForTimeout(1500);
            await page.screenshot({ path: join(to, `${name}.png`) });
          }),
        ),
      );
    }
  } finally {
    await server.stop();
  }
});
