// Keeps the translation bundle: `node scripts/l10n.mjs add` merges a JSON object from standard input into the
// Simplified Chinese bundle and sorts its keys; `node scripts/l10n.mjs check` lists what has no translation or no use.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const bundlePath = new URL("../l10n/bundle.l10n.zh-cn.json", import.meta.url);

/** @returns {Record<string, string>} */
export function readBundle() {
  return JSON.parse(readFileSync(bundlePath, "utf8"));
}

/** The English texts of all `msg("…")` and `l10n.t("…")` in the sources, and calls whose text is no literal. */
export function textsInSource() {
  const root = new URL("..", import.meta.url).pathname;
  /** @type {Set<string>} */
  const texts = new Set();
  /** @type {string[]} */
  const bad = [];
  for (const folder of ["server/src", "client/src"]) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const path = join(folder, name);
      const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
      visit(file, file);
    }
  }
  return { texts, bad };

  /** @param {import("typescript").Node} start @param {import("typescript").SourceFile} file */
  function visit(start, file) {
    const queue = [start];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (ts.isCallExpression(node) && isMessageCall(node.expression)) {
        const [first] = node.arguments;
        if (first && ts.isStringLiteralLike(first)) texts.add(first.text);
        else bad.push(`${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      }
      node.forEachChild((child) => void queue.push(child));
    }
  }
}

/** @param {import("typescript").Expression} callee */
function isMessageCall(callee) {
  if (ts.isIdentifier(callee)) return callee.text === "msg";
  return ts.isPropertyAccessExpression(callee) && callee.name.text === "t" && callee.expression.getText() === "l10n";
}

/** @param {Record<string, string>} more */
function add(more) {
  const all = { ...readBundle(), ...more };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(bundlePath, `${JSON.stringify(sorted, null, 2)}\n`);
}

if (process.argv[2] === "add") add(JSON.parse(readFileSync(0, "utf8")));
if (process.argv[2] === "check") {
  const { texts, bad } = textsInSource();
  const bundle = readBundle();
  const missing = [...texts].filter((text) => !bundle[text]);
  const unused = Object.keys(bundle).filter((text) => !texts.has(text));
  for (const text of missing) console.log(`no translation: ${text}`);
  for (const text of unused) console.log(`not in the sources: ${text}`);
  for (const place of bad) console.log(`not a literal: ${place}`);
  process.exitCode = missing.length + unused.length + bad.length > 0 ? 1 : 0;
}
