import type { Command } from "commander";
import type { Finding, Position } from "../../service.js";
import { type ExitCode, exitCodes } from "../exit.js";
import { loadOptions } from "../files/config.js";
import { loadProject, type Project } from "../files/project.js";
import { fails, type ReportOptions, withReportOptions } from "../options.js";
import { reporters } from "../reporters/index.js";
import type { Report } from "../reporters/report.js";
import { openTerminal, type Terminal } from "../terminal.js";

export function addLint(program: Command, finish: (code: ExitCode) => void): void {
  withReportOptions(program.command("lint"))
    .description(
      "Check files and folders, all of one call together. A folder is searched for the five formats, hidden files included.",
    )
    .argument("[path...]", "files and folders, - for standard input", ["."])
    .action((paths: string[], options: ReportOptions) => finish(lint(paths, options)));
}

function lint(paths: readonly string[], options: ReportOptions): ExitCode {
  const terminal = openTerminal(options.color);
  const settings = loadOptions(options.config, paths[0] ?? ".", terminal);
  const { stdinPath, quiet = false } = options;
  const project = loadProject({ paths, stdinPath, options: settings, quiet }, terminal);
  const report = reportOf(project);
  printReport(report, options, terminal);
  return exitCodeOf(report, project, options);
}

/** The byte-order mark. */
const mark = "\uFEFF";

/** The finding as an editor counts, which takes the mark for no character of the first line. */
function withoutMark(finding: Finding): Finding {
  const place = ({ line, character }: Position): Position =>
    line === 0 ? { line, character: Math.max(0, character - 1) } : { line, character };
  return { ...finding, range: { start: place(finding.range.start), end: place(finding.range.end) } };
}

/** All that a project's service finds. */
export function reportOf({ service, files }: Project): Report {
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  return {
    checked: files.map(({ uri }) => uri),
    findings: files.flatMap(({ uri, name, text }) => {
      const found = service.findings(uri);
      const shown = text.startsWith(mark) ? found.map(withoutMark) : found;
      return shown.map((finding) => ({ finding, file: name }));
    }),
    nameOf: (uri) => names.get(uri) ?? uri,
    service,
  };
}

export function printReport(
  report: Report,
  { format, quiet = false, failOn }: ReportOptions,
  terminal: Terminal,
): void {
  const text = reporters[format](report, {
    colors: terminal.colors,
    quiet,
    fails: (severity) => fails(severity, failOn),
  });
  if (text !== "") terminal.print(text);
}

export function exitCodeOf(report: Report, { incomplete }: Project, { failOn }: ReportOptions): ExitCode {
  if (incomplete) return exitCodes.failed;
  return report.findings.some(({ finding }) => fails(finding.severity, failOn)) ? exitCodes.findings : exitCodes.clean;
}
