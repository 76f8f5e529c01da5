/** Runs cases through the clients and says what became of each. */
import { clients, openLane } from "./clients.mjs";
import { targetAddress } from "./namespace.mjs";
import { countingProxy } from "./proxy.mjs";

/** @import { Answer, Case, Client, CountingProxy, Lane, Outcome } from "./types.js" */

/**
 * @param {string} name of the client
 * @param {Case[]} cases
 * @returns {Promise<Outcome[]>} in the order of the cases
 */
export async function runCases(name, cases) {
  const client = clients[name];
  if (client === undefined) throw new Error(`no client is called ${name}`);
  /** @type {Outcome[]} */
  const outcomes = [];
  const queue = cases.entries();
  const lane = async () => {
    const servers = {
      A: await countingProxy("127.0.0.1"),
      B: await countingProxy("127.0.0.1"),
      T: await countingProxy(targetAddress),
    };
    const { request, close } = openLane(client);
    try {
      for (const [index, test] of queue) outcomes[index] = await runCase(client, request, servers, test);
    } finally {
      close();
      for (const server of Object.values(servers)) server.close();
    }
  };
  await Promise.all(Array.from({ length: client.lanes ?? 1 }, lane));
  return outcomes;
}

/**
 * @param {Client} client
 * @param {Lane["request"]} request
 * @param {Record<"A" | "B" | "T", CountingProxy>} servers
 * @param {Case} test
 * @returns {Promise<Outcome>}
 */
async function runCase(client, request, servers, { set, url, demandAuth = false }) {
  const { A, B, T } = servers;
  for (const server of [A, B]) server.reset(demandAuth);
  T.reset(false);
  /** @param {string} text */
  const fill = (text) =>
    text
      .replace("{A}", `127.0.0.1:${A.port}`)
      .replace("{B}", `127.0.0.1:${B.port}`)
      .replace("{T}", `${targetAddress}:${T.port}`)
      .replace("{Thost}", targetAddress)
      .replace("{Aport}", String(A.port))
      .replace("{Awrapped}", String(A.port + 65_536));
  const env = Object.fromEntries(Object.entries(set).map(([name, value]) => [name, fill(value)]));
  const answer = await request(env, fill(url));
  if (client.asksOnly) return { via: asked(answer, B), credentials: [] };
  const credentials = [...A.seen];
  if (A.hits() > 0) return { via: "A", credentials };
  if (B.hits() > 0) return { via: "B", credentials };
  return { via: url.includes("{T}") && T.hits() === 0 ? "failed" : "direct", credentials };
}

/**
 * For a client that only names the proxy.
 * @param {Answer} answer
 * @param {CountingProxy} B
 * @returns {Outcome["via"]}
 */
function asked({ proxy = "", error }, B) {
  if (error !== undefined) return "failed";
  if (proxy === "") return "direct";
  return proxy.includes(`:${B.port}`) ? "B" : "A";
}
