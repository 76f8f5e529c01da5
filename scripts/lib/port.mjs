/** Free ports of this machine. */
import { createServer } from "node:net";

/**
 * The first free port at or after a wanted one.
 * @param {number} wanted 0 for any
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      if ("code" in error && error.code === "EADDRINUSE" && wanted < 65535) {
        resolve(freePort(wanted + 1));
      } else {
        reject(error);
      }
    });
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}
