import { mkdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const cache = new URL("../../.cache/", import.meta.url);

/**
 * The engine, bundled from its sources, for scripts that run without a build.
 * @returns {Promise<typeof import("../../server/src/service.js") & { rules: readonly import("../../server/src/rules/rule.js").Rule[] }>}
 */
export async function loadEngine() {
  mkdirSync(cache, { recursive: true });
  const outfile = fileURLToPath(new URL(`engine-${process.pid}.mjs`, cache));
  await build({
    stdin: {
      contents: `export * from "./service.ts"; export { rules } from "./rules/index.ts";`,
      resolveDir: fileURLToPath(new URL("../../server/src/", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    // jsonc-parser's `main` is a UMD file that cannot be bundled.
    mainFields: ["module", "main"],
    // As in what is built.
    alias: { yaml: fileURLToPath(new URL("../../node_modules/yaml/browser/index.js", import.meta.url)) },
    // CommonJS modules ask for Node's by require.
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
    outfile,
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}
