/** Writes the tables of docs/clients.md between their markers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @import { TableData } from "./types.js" */

/** @param {string} text */
const code = (text) => `\`${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("|", "\\|")}\``;
/** @param {string[]} cells */
const line = (cells) => `| ${cells.join(" | ")} |`;
/** @type {Record<string, string>} */
const words = { A: "first", B: "second", proxy: "proxy", direct: "direct", failed: "fails", altered: "altered" };

/** @param {string} root @param {TableData} data */
export function writeTables(root, data) {
  const path = join(root, "docs/clients.md");
  const names = Object.keys(data.versions);
  const readers = names.filter((name) => name !== "node-proxy-from-env");
  /** @param {string} first @param {string[]} columns @param {string[]} rows */
  const table = (first, columns, rows) =>
    [line([first, ...columns]), line(["---", ...columns.map(() => "---")]), ...rows].join("\n");
  /** @param {Record<string, string>} row */
  const worst = (row) => readers.map((name) => word(row[name] ?? "proxy"));
  const parts = {
    versions: `Measured on ${data.date}: ${names.map((name) => `${name} ${data.versions[name]}`).join(", ")}.`,
    variables: table(
      "environment, for",
      names,
      data.variables.map(({ set, url, outcomes }) =>
        line([
          `${Object.entries(set)
            .map(([name, value]) => code(`${name}=${symbolic(value)}`))
            .join(" ")}, ${url.startsWith("https:") ? "https" : "http"}`,
          ...names.map((name) => word(outcomes[name] ?? "")),
        ]),
      ),
    ),
    bypass: table(
      "list, for",
      names,
      data.lists.map(({ list, url, direct }) =>
        line([`${code(list)}, ${code(url)}`, ...names.map((name) => (direct.includes(name) ? "direct" : ""))]),
      ),
    ),
    credentials: table(
      "in the user name or password",
      readers,
      Object.entries(data.credentials).map(([text, row]) => line([code(text), ...worst(row)])),
    ),
    addresses: table(
      "address",
      readers,
      Object.entries(data.addresses).map(([shape, row]) => line([shape, ...worst(row)])),
    ),
  };
  let page = readFileSync(path, "utf8");
  for (const [name, text] of Object.entries(parts)) {
    const [start, end] = [`<!-- measured: ${name} -->`, "<!-- end -->"];
    const from = page.indexOf(start) + start.length;
    if (from < start.length) throw new Error(`docs/clients.md has no ${start}`);
    page = `${page.slice(0, from)}\n${text}\n${page.slice(page.indexOf(end, from))}`;
  }
  writeFileSync(path, page);
}

/** @param {string} outcome */
function word(outcome) {
  return words[outcome] ?? "";
}

/** @param {string} value */
function symbolic(value) {
  return value.replace("{A}", "FIRST").replace("{B}", "SECOND").replace("{Thost}", "HOST");
}
