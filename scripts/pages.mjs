// Fills in what the rules' pages under docs/rules/ take from the program: the line of facts below the title, the output
// of the example and the example after its fixes. `node scripts/pages.mjs` writes, `--check` only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadEngine } from "./lib/engine.mjs";

const folder = new URL("../docs/rules/", import.meta.url);
const sections = ["Why it matters", "Example", "How to silence it", "Source"];

/**
 * @typedef {typeof import("../server/src/service.js") & { rules: readonly import("../server/src/rules/rule.js").Rule[] }} Engine
 * @typedef {{ path: string, text: string }} Example
 */

/**
 * The page with its generated parts as the program yields them now.
 * @param {string} page @param {string} id @param {Engine} engine
 * @returns {{ page: string, faults: string[] }}
 */
export function fillPage(page, id, engine) {
  /** @type {string[]} */
  const faults = [];
  const rule = engine.rules.find((candidate) => candidate.id === id);
  if (!rule) return { page, faults: [`no rule ${id}`] };
  if (!page.startsWith(`# ${id}\n\n${rule.docs.summary}\n`))
    faults.push("does not begin with the rule's id and summary");
  for (const section of sections) if (!page.includes(`\n## ${section}\n`)) faults.push(`has no section "${section}"`);
  const examples = readExamples(page);
  if (examples.length === 0) faults.push("has no example");
  const service = serviceOf(engine, examples);
  const output = examples.flatMap((example) => findings(service, example, id)).map(line);
  if (output.length === 0) faults.push("its example gives no finding of the rule");
  let filled = replaceBlock(page, "output", "text", `${output.join("\n")}\n`, faults);
  if (filled.includes("<!-- fixed")) {
    const fixed = applyFixes(engine, examples, id);
    const left = examples.flatMap((_, i) => findings(serviceOf(engine, fixed), fixed[i] ?? { path: "", text: "" }, id));
    if (left.length > 0) faults.push(`still finds after its fixes: ${left.map(line).join("; ")}`);
    for (const { path, text } of fixed) filled = replaceBlock(filled, `fixed ${path}`, undefined, text, faults, false);
  }
  return { page: filled, faults };
}

/** @param {string} page @returns {Example[]} */
function readExamples(page) {
  const blocks = page.matchAll(/<!-- example (\S+?)( \(no final newline\))? -->\n+(`{3,})\w*\n([\s\S]*?)\n?\3/g);
  return [...blocks].map(([, path = "", open, , text = ""]) => ({ path, text: open ? text : `${text}\n` }));
}

/** @param {Engine} engine @param {readonly Example[]} examples */
function serviceOf(engine, examples) {
  const service = engine.createService();
  for (const { path, text } of examples) service.setDocument(`file:///${path}`, text);
  return service;
}

/** @param {ReturnType<Engine["createService"]>} service @param {Example} example @param {string} id */
function findings(service, example, id) {
  return service.findings(`file:///${example.path}`).filter((finding) => finding.rule === id);
}

/** @param {import("../server/src/service.js").Finding} finding */
function line(finding) {
  const { start } = finding.range;
  return `${finding.uri.slice("file:///".length)}:${start.line + 1}:${start.character + 1} ${finding.severity} ${finding.message} [${finding.rule}]`;
}

/** @param {Engine} engine @param {readonly Example[]} examples @param {string} id @returns {Example[]} */
function applyFixes(engine, examples, id) {
  let texts = examples.map((example) => ({ ...example }));
  for (let round = 0; round < 20; round++) {
    const service = serviceOf(engine, texts);
    const next = texts.flatMap((example) => findings(service, example, id)).find((finding) => finding.fix)?.fix;
    if (!next) break;
    texts = texts.map(({ path, text }) => {
      const lines = text.split("\n");
      /** @param {import("../server/src/service.js").Position} p */
      const offset = (p) => lines.slice(0, p.line).reduce((sum, l) => sum + l.length + 1, 0) + p.character;
      const edits = next.edits
        .filter((edit) => edit.uri === `file:///${path}`)
        .map((edit, order) => ({ ...edit, order }));
      edits.sort((a, b) => offset(b.range.start) - offset(a.range.start) || b.order - a.order);
      let out = text;
      for (const e of edits) out = out.slice(0, offset(e.range.start)) + e.newText + out.slice(offset(e.range.end));
      return { path, text: out };
    });
  }
  return texts;
}

/**
 * @param {string} page @param {string} name @param {string | undefined} language @param {string} text
 * @param {string[]} faults @param {boolean} required
 */
function replaceBlock(page, name, language, text, faults, required = true) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const block = new RegExp(`(<!-- ${escaped} -->\\n+)(\`{3,})(\\w*)\\n[\\s\\S]*?\\2`);
  if (!block.test(page)) {
    if (required) faults.push(`has no block <!-- ${name} -->`);
    return page;
  }
  const body = text.endsWith("\n") ? text : `${text}\n`;
  return page.replace(block, (_all, head, fence, lang) => `${head}${fence}${language ?? lang}\n${body}${fence}`);
}

/**
 * The list of all rules, for docs/rules/README.md.
 * @param {string} page @param {Engine} engine
 */
export function fillIndex(page, engine) {
  const rows = engine.rules.map(
    ({ id, severity, docs, formats }) =>
      `| [${id}](${id}.md) | ${severity} | ${docs.summary.replaceAll("|", "\\|")} | ${formats.join(", ")} |`,
  );
  const table = ["| rule | severity | finds | formats |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return page.replace(/(<!-- rules -->\n)[\s\S]*?(<!-- end -->)/, (_all, open, close) => `${open}${table}\n${close}`);
}

if (process.argv[1]?.endsWith("pages.mjs")) {
  const engine = await loadEngine();
  const only = process.argv.slice(2).filter((word) => !word.startsWith("-"));
  const ids =
    only.length > 0
      ? only
      : readdirSync(folder)
          .filter((n) => n.endsWith(".md") && n !== "README.md")
          .map((n) => n.slice(0, -3));
  if (only.length === 0) {
    const path = new URL("README.md", folder);
    const before = readFileSync(path, "utf8");
    const after = fillIndex(before, engine);
    if (after !== before && process.argv.includes("--check")) process.exitCode = 1;
    else writeFileSync(path, after);
  }
  for (const id of ids) {
    const path = new URL(`${id}.md`, folder);
    if (!existsSync(path)) continue;
    const before = readFileSync(path, "utf8");
    const { page, faults } = fillPage(before, id, engine);
    for (const fault of faults) console.log(`docs/rules/${id}.md ${fault}`);
    if (page !== before && process.argv.includes("--check")) faults.push("differs from what the program says");
    if (page !== before && !process.argv.includes("--check")) writeFileSync(path, page);
    if (faults.length > 0) process.exitCode = 1;
  }
}
