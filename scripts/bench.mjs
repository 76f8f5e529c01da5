// Speed as ratios within one run: `npm run bench` for all, `npm run bench -- parse`, `-- server` or `-- cli` for one.
// Nothing here is a test: machines differ, and so do runs; the ratios are what to look at.
import { runMain } from "./lib/step.mjs";

/** @type {Readonly<Record<string, () => Promise<{ run: () => Promise<void> }>>>} */
const benches = {
  parse: () => import("./bench/parse.mjs"),
  server: () => import("./bench/server.mjs"),
  cli: () => import("./bench/cli.mjs"),
};

await runMain(async () => {
  const asked = process.argv.slice(2).filter((word) => !word.startsWith("-"));
  const unknown = asked.find((name) => !(name in benches));
  if (unknown !== undefined) throw new Error(`No bench ${unknown}: there are ${Object.keys(benches).join(", ")}.`);
  for (const [name, load] of Object.entries(benches)) {
    if (asked.length === 0 || asked.includes(name)) await (await load()).run();
  }
});
