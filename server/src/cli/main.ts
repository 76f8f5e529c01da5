import { Bundle } from "../start/bundle.js";

const [, , command = "", ...options] = process.argv;

if (command === "lsp" && options.join() === "--stdio") {
  // What editors call needs nothing of the command line.
  void import("../lsp/node/main.js");
} else {
  const bundle = Bundle.run(__dirname, "./cli.main.js");
  // A container of a pipeline is gone before there is a next start, and other commands need little of what lint does.
  if (["lint", "fix"].includes(command) && !process.env.CI) {
    process.once("exit", () => bundle.keep(false));
  }
}
