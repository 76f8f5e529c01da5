// Writes schemas/ from the keys that the engine knows: `node scripts/schemas.mjs`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { makeSchemas } from "./lib/schemas.mjs";

const bundle = await build({
  stdin: {
    contents: [
      "./formats/runner-toml/keys/index.ts",
      "./formats/docker-json/keys.ts",
      "./features/meaning/runner-keys.ts",
      "./features/meaning/docker-keys.ts",
    ]
      .map((file) => `export * from ${JSON.stringify(file)};`)
      .join("\n"),
    resolveDir: join(root, "server/src"),
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64");
/** @type {import("./lib/schemas.mjs").Keys} */
const keys = await import(`data:text/javascript;base64,${source}`);
const files = Object.entries(makeSchemas(keys)).map(([name, schema]) => {
  const path = join(root, "schemas", name);
  writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
  return path;
});
await run("npx", ["biome", "format", "--write", ...files]);
