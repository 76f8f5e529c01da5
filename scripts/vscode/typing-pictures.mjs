/** Pictures of what VS Code shows while a person types. */
import { join } from "node:path";
import { answer, command, complete, openFileAt, waitForFindings } from "./window.mjs";

/** @typedef {import("playwright-core").Page} Page */

const size = { width: 960, height: 480 };
const config = "etc/gitlab-runner/config.toml";

export const typingPictures = [
  {
    name: "completion-key",
    size,
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), "    privileged = true\n");
      await waitForFindings(page);
      await page.keyboard.type("    pu\n");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("End");
      await complete(page, "pull_policy");
      // Once more: what the entry is about.
      await page.keyboard.press("Control+Space");
    },
  },
  {
    name: "completion-variable",
    size,
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), '    "HTTP_PROXY=http://172.17.0.1:3128",\n    "http_proxy=');
      await waitForFindings(page);
      await complete(page, "172.17.0.1");
    },
  },
  {
    name: "completion-nested",
    size,
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), String.raw`\\\"noProxy\\\": \\\"`);
      await waitForFindings(page);
      for (let count = 0; count < "$NO_PROXY".length; count++) await page.keyboard.press("Delete");
      await complete(page, "localhost");
    },
  },
  {
    name: "hover-list",
    size: { width: 960, height: 560 },
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), '    "NO_PROXY=localhost,127.0.0.1,gitlab');
      await waitForFindings(page);
      await hoverThere(page);
    },
  },
  {
    name: "hover-image",
    size,
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), '    image = "docker');
      await waitForFindings(page);
      await hoverThere(page);
    },
  },
  {
    name: "hover-script",
    size: { width: 960, height: 560 },
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), "mkdir -p $HOME/.docker && ec");
      await waitForFindings(page);
      await hoverThere(page);
    },
  },
  {
    name: "preview",
    size: { width: 1280, height: 800 },
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), "glrt-YYYY");
      await waitForFindings(page);
      await command(page, "Runner Proxy: Generate Docker-in-Docker");
      await answer(page, "Where do the values come from?", "Fixed");
      await answer(page, "Which shell runs the script?");
      await answer(page, "What of a .docker/config.json that is there already?");
      await answer(page, "Proxy for http addresses");
      await answer(page, "Proxy for https addresses");
      await answer(page, "Hosts to be reached without the proxy");
      await page.locator('[placeholder="Insert the script as the preview shows it?"]').waitFor();
    },
  },
  {
    name: "snippet",
    size: { width: 960, height: 560 },
    /** @param {Page} page @param {string} folder */
    async prepare(page, folder) {
      await openFileAt(page, join(folder, config), "glrt-YYYY");
      await waitForFindings(page);
      await command(page, "Runner Proxy: Insert Proxy Snippet");
      await answer(page, "Which proxy snippet?", "environment");
    },
  },
];

/** @param {Page} page */
async function hoverThere(page) {
  // Code lenses and inlay hints that come late would close it.
  await page.waitForTimeout(2000);
  await command(page, "Show or Focus Hover");
  await page.locator(".monaco-hover:visible .markdown-hover").first().waitFor();
}
