/** Writes the measured data and the tables made from it. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { credentialsOf, variablesOf } from "./derive.mjs";
import { writeTables } from "./tables.mjs";

/** @import { Measured } from "./types.js" */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const facts = join(root, "server/src/proxy/clients.measured.ts");
const rows = join(root, "server/src/proxy/bypass/measured.json");

/** A client that only names a proxy says nothing of credentials: whoever asked it parses the address. */
const opaque = "node-proxy-from-env";

/** @param {Measured & {date: string}} measured */
export function write(measured) {
  const names = Object.keys(measured.versions);
  const parsers = names.filter((name) => name !== opaque);
  const data = {
    date: measured.date,
    versions: measured.versions,
    variables: Object.fromEntries(names.map((name) => [name, variablesOf(name, measured.variables)])),
    credentials: credentialsOf(measured.credentials, parsers),
    addresses: Object.fromEntries(measured.addresses.map(({ shape, outcomes }) => [shape, others(outcomes, parsers)])),
  };
  const { date, versions } = measured;
  const lists = measured.bypass.map(({ list, url, outcomes }) => ({
    list,
    url,
    direct: names.filter((name) => outcomes[name] === "direct"),
  }));
  const lines = lists.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  writeFileSync(
    rows,
    `{\n  "date": "${date}",\n  "versions": ${JSON.stringify(versions)},\n  "rows": [\n${lines}\n  ]\n}\n`,
  );
  writeFileSync(
    facts,
    `/** Written by scripts/clients/measure.mjs: do not edit. clients.ts says what the fields mean. */\nexport const measured = ${JSON.stringify(data)} as const;\n`,
  );
  execFileSync("npx", ["biome", "format", "--write", facts], { cwd: root, stdio: "ignore" });
  writeTables(root, {
    date,
    versions,
    lists,
    variables: measured.variables,
    credentials: data.credentials,
    addresses: data.addresses,
  });
}

/**
 * The outcomes of some clients, those that came to the proxy left out.
 * @param {Record<string, string>} outcomes
 * @param {string[]} names
 * @returns {Record<string, string>}
 */
function others(outcomes, names) {
  return Object.fromEntries(
    Object.entries(outcomes).filter(([name, outcome]) => names.includes(name) && outcome !== "proxy"),
  );
}
