/** npm run pictures: makes the README's pictures, docs/images/*.png, from a real window. */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runMain, step } from "./lib/step.mjs";
import { serverUrl, startServer } from "./vscode/server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const name = "pictures";
const images = join(root, "docs", "images");

/** What distracts from the files is left out of the window. */
const settings = {
  "breadcrumbs.enabled": false,
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.fontSize": 13,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "off",
  "explorer.compactFolders": true,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** @type {Record<string, (page: Page) => Promise<void>>} by the picture's name: what to do before it is taken */
const pictures = {
  async problems(page) {
    await openFile(page, "config.toml");
    await command(page, "Problems: Focus on Problems View");
    await page.waitForTimeout(1500);
  },
};

/**
 * @param {Page} page
 * @param {string} file a name that is the only one of its kind in the folder
 */
async function openFile(page, file) {
  await page.keyboard.press("Control+P");
  await page.keyboard.type(file);
  await page.waitForTimeout(800);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
}

/**
 * @param {Page} page
 * @param {string} title of a command in the palette
 */
async function command(page, title) {
  await page.keyboard.press("F1");
  await page.keyboard.type(title);
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
}

await runMain(async () => {
  await ensureInstalled();
  const { ensureChromium, withPage } = await import("./vscode/browser.mjs");
  await ensureChromium();
  await step("Building", () => run("npm", ["run", "--silent", "build"]));
  await mkdir(images, { recursive: true });
  const parent = await mkdtemp(join(tmpdir(), "pictures-"));
  const folder = join(parent, "runner-host");
  await cp(join(root, "examples", "host"), folder, { recursive: true });
  const server = await startServer({ name, settings });
  try {
    for (const [picture, prepare] of Object.entries(pictures)) {
      await step(`Taking docs/images/${picture}.png`, () =>
        withPage(async (page) => {
          await page.goto(serverUrl({ port: server.port, folder, extension: root }));
          await page.getByText("runner-host", { exact: false }).first().waitFor();
          await page.waitForTimeout(4000);
          await prepare(page);
          await page.screenshot({ path: join(images, `${picture}.png`) });
        }),
      );
    }
  } finally {
    await server.stop();
    await rm(parent, { recursive: true, force: true });
  }
});
