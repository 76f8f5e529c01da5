/** Chromium, driven by playwright-core. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { aptInstall, canInstall } from "../lib/install.mjs";
import { isKnownPackage, which } from "../lib/programs.mjs";
import { run } from "../lib/run.mjs";
import { Failure, step } from "../lib/step.mjs";

const missing = "No Chromium found: install the package chromium, or name a browser in the variable CHROMIUM";

const commands = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

/** The browser to drive: the one that CHROMIUM names, else playwright's own, else one of the system's. */
function findChromium() {
  const own = chromium.executablePath();
  return process.env.CHROMIUM ?? (existsSync(own) ? own : commands.map(which).find((path) => path !== undefined));
}

/**
 * Installs a browser where none is found: Debian's package, else playwright's download, since Ubuntu's package is no more
 * than a pointer to a snap.
 * @throws {Failure} where neither can be had
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) {
    return;
  }
  await step("Installing Chromium", async () => {
    if (canInstall()) {
      await aptInstall(() => (isKnownPackage("chromium") ? ["chromium"] : []));
    }
    if (findChromium() === undefined) {
      const install = ["playwright-core", "install", "chromium", ...(canInstall() ? ["--with-deps"] : [])];
      await run("npx", ["--no-install", ...install]);
    }
  });
  if (findChromium() === undefined) {
    throw new Failure(missing);
  }
}

/**
 * Opens a page, hands it over and closes the browser afterwards.
 * @template T
 * @param {(page: import("playwright-core").Page) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withPage(use) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Failure(missing);
  }
  const browser = await chromium.launch({
    executablePath,
    // A container's root has no user namespaces to build the sandbox with; only our own pages are opened.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    return await use(page);
  } finally {
    await browser.close();
  }
}
