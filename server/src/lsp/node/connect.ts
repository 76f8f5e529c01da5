import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { growSlowly } from "../../start/heap.js";
import { serve } from "../server.js";
import { nodeFiles } from "./files.js";
import { nodeHostCheck } from "./host-check.js";

/** How long what came in before the input closed may still be answered, in milliseconds. */
const grace = 300;

// The transport is named by the arguments: --stdio, or --node-ipc, --socket=… and --pipe=…, which the library reads.
serve(process.argv.includes("--stdio") ? stdio() : createConnection(ProposedFeatures.all), {
  files: nodeFiles,
  hostCheck: nodeHostCheck,
  crowded: growSlowly,
});

/** Over standard input and output, which carry messages alone. The process ends with its input or with `exit`. */
function stdio() {
  globalThis.console = new Console(process.stderr);
  // The library ends the process at once when its input ends, with messages unread.
  const input = new PassThrough();
  process.stdin.on("data", (chunk) => input.write(chunk));
  process.stdin.once("end", () => setTimeout(() => input.end(), grace));
  return createConnection(ProposedFeatures.all, input, process.stdout);
}
