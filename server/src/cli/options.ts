import { type Command, Option } from "commander";
import { type Severity, severities } from "../rules/finding.js";
import { type ReportFormat, reporters } from "./reporters/index.js";

/** The options of the commands that look at files. */
export interface FileOptions {
  readonly config?: string;
  readonly stdinPath?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** The options of the commands that report findings. */
export interface ReportOptions extends FileOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
}

const failOn = ["error", "warning", "information", "never"] as const;
export type FailOn = (typeof failOn)[number];

export function withFileOptions(command: Command): Command {
  return command
    .option("--config <file>", "take the settings from this file, not from the nearest .runner-proxy.json")
    .option("--stdin-path <path>", "what standard input (-) is to be taken for")
    .option("--quiet", "print findings alone: no summary, no remarks")
    .option("--no-color", "print without colours");
}

export function withReportOptions(command: Command): Command {
  return withFileOptions(command)
    .addOption(
      new Option("--format <format>", "how findings are printed").choices(Object.keys(reporters)).default("pretty"),
    )
    .addOption(
      new Option("--fail-on <severity>", "the least severity that makes the exit code 1")
        .choices(failOn)
        .default("warning"),
    );
}

/** Whether a finding of this severity makes the exit code 1. */
export function fails(severity: Severity, threshold: FailOn): boolean {
  return threshold !== "never" && severities.indexOf(severity) <= severities.indexOf(threshold);
}
