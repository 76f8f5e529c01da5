// Bundles what runs: `node scripts/build.mjs` once, `--watch` again on every change.
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, context } from "esbuild";
import { root } from "./lib/paths.mjs";
import { Failure, note, runMain, step } from "./lib/step.mjs";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */

/** yaml's build for browsers is of ES modules: bundled, it is a third smaller and starts in half the time. */
const yaml = join(root, "node_modules/yaml/browser/index.js");

/** @type {BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
  alias: { yaml },
};

/**
 * Programs of Node 20. jsonc-parser's `main` is a UMD file that cannot be bundled, so `module` comes first. What is started
 * from compiled code cannot import, but require.
 * @type {BuildOptions}
 */
const forNode = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  supported: { "dynamic-import": false },
};

/**
 * What runs in a browser's worker: the extension's part is loaded as CommonJS by VS Code, the server as a script.
 * @type {BuildOptions}
 */
const forBrowser = { ...common, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };

/**
 * The command line starts fast because what it seldom needs lies in bundles of their own, loaded when asked for.
 * @type {import("esbuild").Plugin}
 */
const separateBundles = {
  name: "separate-bundles",
  setup({ onResolve }) {
    onResolve({ filter: /\/lsp\/node\/main\.js$/ }, () => ({ path: "./server.js", external: true }));
  },
};

/**
 * Modules that are loaded when something of theirs is first used, and from where: yaml when a YAML file is read, Node's
 * own when a report is signed, a program started, a proxy asked or many files linted, translations when an editor speaks
 * the language. A bundle that imported its own modules late would wrap them all, and start a tenth slower.
 * @type {readonly { module: RegExp, from?: string, names?: readonly string[] }[]}
 */
const lateModules = [
  { module: /^yaml$/, from: "./yaml.js" },
  { module: /\/simplified-chinese\.js$/, from: "./zh-cn.js", names: ["simplifiedChinese"] },
  { module: /^(?:node:)?(?:child_process|crypto|fs\/promises|http|net|os|tls|timers\/promises|v8)$/ },
];

/** @type {import("esbuild").Plugin} */
const loadLate = {
  name: "load-late",
  setup({ onResolve, onLoad }) {
    for (const { module, from, names } of lateModules) {
      onResolve({ filter: module, namespace: "file" }, ({ path }) => {
        return { path, namespace: "late", pluginData: { from: from ?? path, names } };
      });
    }
    onResolve({ filter: /./, namespace: "late" }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: "late" }, async ({ path, pluginData: { from, names } }) => {
      const all = names ?? Object.keys(await import(path)).filter((name) => name !== "default");
      const getters = all.map((/** @type {string} */ name) => `get ${name}() { return load().${name}; }`);
      return { contents: `const load = () => require("${from}");\nmodule.exports = { ${getters.join(", ")} };` };
    });
  },
};

/**
 * Takes from the CommonJS package vscode-languageserver the few names that are used. esbuild would copy all its five
 * hundred for each file that imports it, which is a twentieth of the server's start.
 * @type {import("esbuild").Plugin}
 */
const fewNames = {
  name: "few-names",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode-languageserver(?:\/\w+)?$/, namespace: "file" }, ({ path, importer, kind }) => {
      if (kind === "import-statement") return { path, namespace: "few", pluginData: dirname(importer) };
      return undefined;
    });
    onLoad({ filter: /./, namespace: "few" }, async ({ path, pluginData: resolveDir }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== "default");
      const picked = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`);
      return { contents: `const all = require("${path}");\n${picked.join("\n")}`, resolveDir };
    });
  },
};

/** @type {readonly { entry: string, out: string, options: BuildOptions }[]} */
const bundles = [
  { entry: "client/src/node/main.ts", out: "client.js", options: { ...forNode, external: ["vscode"] } },
  {
    entry: "client/src/browser/main.ts",
    out: "client.browser.js",
    options: { ...forBrowser, format: "cjs", external: ["vscode"] },
  },
  { entry: "client/webview/chain.ts", out: "chain.js", options: { ...forBrowser, format: "iife" } },
  { entry: "client/webview/chain.css", out: "chain.css", options: forBrowser },
  // The server and the command line are started by a small script that keeps their compiled code.
  { entry: "server/src/lsp/node/main.ts", out: "server.js", options: { ...forNode, plugins: [loadLate] } },
  {
    entry: "server/src/lsp/node/connect.ts",
    out: "server.main.js",
    options: { ...forNode, plugins: [loadLate, fewNames] },
  },
  { entry: "node_modules/yaml/browser/index.js", out: "yaml.js", options: forNode },
  { entry: "server/src/lsp/simplified-chinese.ts", out: "zh-cn.js", options: forNode },
  {
    entry: "server/src/lsp/browser/main.ts",
    out: "server.browser.js",
    // js-md4 asks for Node's crypto and buffer where it finds Node, which a worker is not.
    options: { ...forBrowser, format: "iife", external: ["crypto", "buffer"] },
  },
  {
    entry: "server/src/cli/main.ts",
    out: "cli.js",
    options: { ...forNode, banner: { js: "#!/usr/bin/env node" }, plugins: [separateBundles, loadLate] },
  },
  {
    entry: "server/src/cli/run.ts",
    out: "cli.main.js",
    options: { ...forNode, plugins: [separateBundles, loadLate] },
  },
];

const dist = join(root, "dist");

/**
 * Compiled code is kept for bundles that are read as ASCII (server/src/start/bundle.ts). esbuild escapes all but regular
 * expressions.
 * @param {string} out
 */
function checkAscii(out) {
  const text = readFileSync(join(dist, out), "utf8");
  const at = text.search(/[^\0-\x7f]/);
  if (out.endsWith(".css") || at < 0) return;
  throw new Failure(`dist/${out} is not ASCII: write \\u… in the regular expression ${text.slice(at - 30, at + 10)}`);
}

await runMain(async () => {
  const present = bundles.filter(({ entry }) => existsSync(join(root, entry)));
  for (const { entry, out } of bundles) {
    if (!existsSync(join(root, entry))) note(`dist/${out} is left out: there is no ${entry}`);
  }
  const plans = present.map(({ entry, out, options }) => ({
    ...options,
    entryPoints: [join(root, entry)],
    outfile: join(dist, out),
  }));
  mkdirSync(dist, { recursive: true });
  if (process.argv.includes("--watch")) {
    for (const plan of plans) await (await context({ ...plan, logLevel: "info" })).watch();
    return;
  }
  await step("Bundling", async () => {
    const results = await Promise.allSettled(plans.map((plan) => build(plan)));
    if (results.some(({ status }) => status === "rejected")) throw new Failure("The sources cannot be bundled.");
    for (const { out } of present) checkAscii(out);
    if (existsSync(join(dist, "cli.js"))) chmodSync(join(dist, "cli.js"), 0o755);
  });
});
