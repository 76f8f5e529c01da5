import type { Command } from "commander";
import { type ExitCode, exitCodes } from "../exit.js";
import { loadOptions } from "../files/config.js";
import { loadProject, type Project } from "../files/project.js";
import { fails, type ReportOptions, withReportOptions } from "../options.js";
import { reporters } from "../reporters/index.js";
import type { Report } from "../reporters/report.js";
import { openTerminal } from "../terminal.js";

export function addLint(program: Command, finish: (code: ExitCode) => void): void {
  withReportOptions(program.command("lint"))
    .description(
      "Check files and folders. A folder is searched for the five formats, hidden files included;\nall files of one call are checked together.",
    )
    .argument("[path...]", "files and folders, - for standard input", ["."])
    .action((paths: string[], options: ReportOptions) => finish(lint(paths, options)));
}

function lint(paths: readonly string[], options: ReportOptions): ExitCode {
  const terminal = openTerminal(options.color);
  const project = loadProject(
    {
      paths,
      stdinPath: options.stdinPath,
      options: loadOptions(options.config, paths[0] ?? ".", terminal),
      quiet: options.quiet,
    },
    terminal,
  );
  const report = reportOf(project);
  const text = reporters[options.format](report, { colors: terminal.colors, quiet: options.quiet });
  if (text !== "") terminal.print(text);
  if (project.incomplete) return exitCodes.failed;
  const failed = report.findings.some(({ finding }) => fails(finding.severity, options.failOn));
  return failed ? exitCodes.findings : exitCodes.clean;
}

/** All that a project's service finds. */
export function reportOf({ service, files }: Project): Report {
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  return {
    files: files.length,
    findings: files.flatMap(({ uri, name }) => service.findings(uri).map((finding) => ({ finding, file: name }))),
    nameOf: (uri) => names.get(uri) ?? uri,
    service,
  };
}
