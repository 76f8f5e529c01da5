/** Where things are. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a run leaves behind: bundled suites, logs, a screenshot of a failure. Ignored by git. */
export const outputFolder = join(root, ".vscode-test", "run");

/**
 * Where downloaded VS Codes are kept. RUNNER_PROXY_CACHE names a folder that several checkouts share.
 * It may be empty, and may be deleted at any time that no test runs.
 */
export const cacheFolder = process.env.RUNNER_PROXY_CACHE || join(root, ".vscode-test", "cache");
