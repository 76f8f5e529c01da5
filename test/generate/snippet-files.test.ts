import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { snippetFiles } from "../../server/src/generate/snippet-files.js";

it.each([...snippetFiles()])("snippets/%s.json is what `node scripts/snippets.mjs` writes", (format, entries) => {
  const file = readFileSync(new URL(`../../snippets/${format}.json`, import.meta.url), "utf8");
  expect(JSON.parse(file)).toStrictEqual(entries);
});
