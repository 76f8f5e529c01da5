/**
 * Runs the real clients in an empty network and writes what they do with proxy variables, as data.
 *
 *   node scripts/clients/measure.mjs --date 2026-11-24   writes the data and the tables of docs/clients.md
 *   node scripts/clients/measure.mjs --every 7           prints every seventh row of each table as JSON, for the tests
 *   … --only curl,wget                                   with these clients alone
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { addressCases, bypassCases, credentialCases, variableCases } from "./cases.mjs";
import { clients } from "./clients.mjs";
import { isInside, rerunInside } from "./namespace.mjs";
import { runCases } from "./run.mjs";
import { write } from "./write.mjs";

/** @import { AddressCase, BypassCase, Case, CredentialCase, Measured, Outcome } from "./types.js" */

const { values } = parseArgs({
  options: { date: { type: "string" }, every: { type: "string" }, only: { type: "string" } },
});
const names = values.only?.split(",") ?? Object.keys(clients);

if (!isInside()) {
  // Built outside: the compiler may want its module cache, never the network.
  if (names.includes("go")) clients.go?.build?.();
  process.exitCode = rerunInside(fileURLToPath(import.meta.url), process.argv.slice(2));
} else if (values.every !== undefined) {
  process.stdout.write(JSON.stringify(await measure(Number(values.every))));
} else if (values.date !== undefined) {
  write({ date: values.date, ...(await measure(1)) });
} else {
  process.stderr.write("usage: measure.mjs --date YYYY-MM-DD | --every N\n");
  process.exitCode = 2;
}

/** @param {number} step @returns {Promise<Measured>} */
async function measure(step) {
  /** @template T @param {T[]} cases */
  const sample = (cases) => cases.filter((_, index) => index % step === 0);
  const bypass = sample(bypassCases);
  const variables = sample(variableCases);
  const credentials = sample(credentialCases);
  const addresses = sample(addressCases);
  const cases = [bypass.map(bypassCase), variables, credentials.map(credentialCase), addresses.map(addressCase)];
  const all = await Promise.all(names.map((name) => runCases(name, cases.flat())));
  const versions = Object.fromEntries(names.map((name) => [name, clients[name]?.version() ?? ""]));

  let at = 0;
  /**
   * Joins the rows of the next table with their outcomes.
   * @template {object} R
   * @param {R[]} rows
   * @param {(outcome: Outcome, row: R) => string} word
   */
  const joined = (rows, word) =>
    rows.map((row) => {
      const outcomes = all.map((outcomes) => outcomes[at]);
      at++;
      return {
        ...row,
        outcomes: Object.fromEntries(names.map((name, index) => [name, said(outcomes[index], row, word)])),
      };
    });
  return {
    versions,
    bypass: joined(bypass, ({ via }) => proxyWord(via)),
    variables: joined(variables, ({ via }) => via),
    credentials: joined(credentials, ({ via, credentials }, row) =>
      via === "A" && !credentials.includes(decoded(row)) ? "altered" : proxyWord(via),
    ),
    addresses: joined(addresses, ({ via }) => proxyWord(via)),
  };
}

/**
 * @template R
 * @param {Outcome | undefined} outcome
 * @param {R} row
 * @param {(outcome: Outcome, row: R) => string} word
 */
function said(outcome, row, word) {
  if (outcome === undefined) throw new Error("a case without an outcome");
  return word(outcome, row);
}

/** @param {Outcome["via"]} via */
function proxyWord(via) {
  return via === "A" ? "proxy" : via;
}

/** @param {BypassCase} row @returns {Case} */
function bypassCase({ list, url }) {
  return { set: { http_proxy: "http://{A}", https_proxy: "http://{A}", no_proxy: list }, url };
}

/** @param {AddressCase} row @returns {Case} */
function addressCase({ address }) {
  return { set: { http_proxy: address }, url: "http://{T}/" };
}

/** @param {CredentialCase} row @returns {Case} */
function credentialCase(row) {
  return { set: { http_proxy: `http://${userinfo(row.part, row.text)}@{A}` }, url: "http://{T}/", demandAuth: true };
}

/** @param {CredentialCase["part"]} part @param {string} text */
function userinfo(part, text) {
  return part === "user" ? `us${text}er:password` : `user:pa${text}ss`;
}

/** The credentials that the proxy should see. @param {CredentialCase} row */
function decoded({ part, text }) {
  return userinfo(part, /^%../.test(text) ? decodeURIComponent(text) : text);
}
