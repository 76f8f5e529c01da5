import { Bundle } from "../start/bundle.js";

const bundle = Bundle.run(__dirname, "./cli.main.js");
// A container of a pipeline is gone before there is a next start, and other commands need little of what lint does.
const [, , command = ""] = process.argv;
if (["lint", "fix"].includes(command) && !process.env.CI) process.once("exit", () => bundle.keep(false));
