import { Bundle } from "../../start/bundle.js";
import { growSlowly } from "../../start/heap.js";

/** In milliseconds: a server that was started for one file has answered by then. */
const started = 100;
/** In milliseconds: an editor has its first findings by then. */
const settled = 4000;

const bundle = Bundle.run(__dirname, "./server.main.js");
// An editor keeps its servers for days.
setTimeout(growSlowly, started).unref();
setTimeout(() => bundle.keep(true), settled).unref();
