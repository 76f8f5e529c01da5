/** The counting proxy: it says what reached it and forwards nothing. */
import { createServer } from "node:net";

/** @import { CountingProxy } from "./types.js" */

/**
 * Listens at `host` on a free port.
 * @param {string} host
 * @returns {Promise<CountingProxy>}
 */
export async function countingProxy(host) {
  /** @type {Set<string>} */
  const seen = new Set();
  let connections = 0;
  let demandAuth = false;
  const server = createServer((socket) => {
    connections++;
    let head = "";
    socket.on("error", () => socket.destroy());
    socket.setTimeout(3000, () => socket.destroy());
    socket.on("data", (chunk) => {
      head += chunk.toString("latin1");
      if ([5, 0x16].includes(head.charCodeAt(0))) return socket.destroy(); // SOCKS or TLS: only the connection counts
      if (!head.includes("\r\n\r\n")) return;
      const basic = /^proxy-authorization: basic (\S*)/im.exec(head)?.[1];
      seen.add(basic === undefined ? "" : Buffer.from(basic, "base64").toString());
      socket.end(answer(head, demandAuth && basic === undefined));
      head = "";
    });
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, host, () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    seen,
    hits: () => connections,
    reset(demand) {
      seen.clear();
      connections = 0;
      demandAuth = demand;
    },
    close: () => server.close(),
  };
}

/** @param {string} head @param {boolean} unauthorized */
function answer(head, unauthorized) {
  const end = "Connection: close\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}";
  if (unauthorized)
    return `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n${end}`;
  return head.startsWith("CONNECT ") ? `HTTP/1.1 403 Forbidden\r\n${end}` : `HTTP/1.1 200 OK\r\n${end}`;
}
