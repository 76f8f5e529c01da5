/** What a check of this host finds on loopback: a GitLab behind a proxy, and a proxy that says nothing. */
import { once } from "node:events";
import { createServer } from "node:http";
import { freePort } from "../lib/port.mjs";

/** @typedef {{ proxy: number, silentProxy: number, closed: number }} Ports `closed`: nothing listens there */

/**
 * Serves both, hands their ports over and ends them afterwards.
 * @template T
 * @param {(ports: Ports) => Promise<T>} use
 */
export async function withLoopbackServers(use) {
  // A request through a proxy carries the whole URL: the proxy answers in GitLab's place, as GitLab does without a token.
  const proxy = createServer((_request, response) => {
    response.writeHead(401, { "Content-Type": "application/json" }).end('{"message":"401 Unauthorized"}');
  });
  let waiting = 0;
  // It tells how many requests wait for it to those who ask it directly.
  const silentProxy = createServer((request, response) => {
    if (request.url === "/waiting") response.end(String(waiting));
    else waiting++;
  });
  const servers = [proxy, silentProxy];
  try {
    const [first, second] = await Promise.all(servers.map(listen));
    return await use({ proxy: first ?? 0, silentProxy: second ?? 0, closed: await freePort() });
  } finally {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** @param {import("node:http").Server} server @returns {Promise<number>} its port */
async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
