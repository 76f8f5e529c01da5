// Writes snippets/*.json from server/src/generate, the one source of the canonical blocks.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./lib/paths.mjs";

const bundle = await build({
  entryPoints: [join(root, "server/src/generate/snippet-files.ts")],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64");
/** @type {typeof import("../server/src/generate/snippet-files.js")} */
const { snippetFiles } = await import(`data:text/javascript;base64,${source}`);
for (const [format, entries] of snippetFiles()) {
  writeFileSync(join(root, `snippets/${format}.json`), `${JSON.stringify(entries, null, 2)}\n`);
}
