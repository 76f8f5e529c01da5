/** The process that web.mjs starts: serves VS Code for the Web until it is killed. Its argument: test-web's options as JSON. */
import { open } from "@vscode/test-web";

await open(JSON.parse(process.argv[2] ?? "{}"));
