import { type Command, Option } from "commander";
import type { ExitCode } from "../exit.js";
import { type CheckOptions, checkHost } from "../host-check.js";
import { withFileOptions } from "../options.js";

export function addCheck(program: Command, finish: (code: ExitCode) => void): void {
  withFileOptions(program.command("check"))
    .description(
      "Look at this machine: whether the proxy that the files describe works, from here, now. Changes nothing.",
    )
    .argument("[path...]", "files and folders of this host (default: the usual places below /etc)")
    .option("--timeout <seconds>", "how long the request to GitLab may take with all its repetitions", "90")
    .addOption(
      new Option("--format <format>", "how the results are printed").choices(["pretty", "json"]).default("pretty"),
    )
    .action(async (paths: string[], options: CheckOptions) => {
      finish(await checkHost(paths, options));
    });
}
