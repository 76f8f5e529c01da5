/** Draws from the measured rows what the product needs to know of each client. */

/** @import { Measured } from "./types.js" */

const pairs = {
  http: ["http_proxy", "HTTP_PROXY"],
  https: ["https_proxy", "HTTPS_PROXY"],
  all: ["all_proxy", "ALL_PROXY"],
};

/**
 * The names that a client reads for each use, the one that wins first.
 * @param {string} client
 * @param {Measured["variables"]} rows
 */
export function variablesOf(client, rows) {
  /** @param {string[]} set @param {string} scheme */
  const outcome = (set, scheme) =>
    rows.find((row) => row.url.startsWith(`${scheme}:`) && same(Object.keys(row.set), set) && plain(row.set))?.outcomes[
      client
    ];
  const upperWins = outcome(pairs.http, "http") === "B";
  /** @param {string[]} names */
  const ordered = (names) => (upperWins ? [...names].reverse() : names);
  /** @param {string} scheme @param {string[]} names */
  const read = (scheme, names) => ordered(names).filter((name) => outcome([name], scheme) === "A");
  const http = [...read("http", pairs.http), ...read("http", pairs.all)];
  const https = [...read("https", pairs.https), ...read("https", pairs.http), ...read("https", pairs.all)];
  const noProxy = ordered(["no_proxy", "NO_PROXY"]).filter((name) => bypassOutcome(client, rows, name) === "direct");
  const anyCase = outcome(["Http_Proxy"], "http") === "A";
  return { http, https, noProxy, anyCase, needsScheme: schemeless(client, rows) === "failed" };
}

/**
 * For each text, raw or encoded, what becomes of an address with it in the user name or the password, the worse one.
 * @param {Measured["credentials"]} rows
 * @param {string[]} names
 */
export function credentialsOf(rows, names) {
  const severity = ["proxy", "altered", "failed", "direct"];
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  for (const { text, outcomes } of rows) {
    table[text] ??= {};
    const row = table[text];
    for (const name of names) {
      const outcome = outcomes[name] ?? "proxy";
      if (severity.indexOf(outcome) > severity.indexOf(row[name] ?? "proxy")) row[name] = outcome;
    }
  }
  return table;
}

/** @param {Record<string, string>} set */
function plain(set) {
  return Object.values(set).every((value) => value.startsWith("http://"));
}

/** @param {string[]} a @param {string[]} b */
function same(a, b) {
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** @param {string} client @param {Measured["variables"]} rows */
function schemeless(client, rows) {
  return rows.find(({ set, url }) => set.http_proxy === "{A}" && url.startsWith("http:"))?.outcomes[client];
}

/** @param {string} client @param {Measured["variables"]} rows @param {string} name */
function bypassOutcome(client, rows, name) {
  return rows.find(({ set }) => set[name] === "{Thost}" && Object.keys(set).length === 3)?.outcomes[client];
}
