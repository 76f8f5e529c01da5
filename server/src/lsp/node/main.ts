import { Bundle } from "../../start/bundle.js";
import { growSlowly } from "../../start/heap.js";

/** In milliseconds: an editor has its first findings by then. */
const settled = 4000;

const bundle = Bundle.run(__dirname, "./server.main.js");
// An editor keeps its servers for days.
setTimeout(growSlowly, settled / 10).unref();
setTimeout(() => bundle.keep(true), settled).unref();
