/** The process that desktop.mjs starts: runs the suite and ends. Its argument: test-electron's options as JSON. */
import { runTests } from "@vscode/test-electron";

await runTests(JSON.parse(process.argv[2] ?? "{}")).catch(() => {
  process.exitCode = 1;
});
