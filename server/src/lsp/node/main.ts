import { Bundle } from "../../start/bundle.js";

/** In milliseconds: an editor has its first findings by then. */
const settled = 4000;

const bundle = Bundle.run(__dirname, "./server.main.js");
setTimeout(() => bundle.keep(true), settled).unref();
