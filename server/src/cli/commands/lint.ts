import type { Command } from "commander";
import type { Finding, Position } from "../../service.js";
import { growSlowly } from "../../start/heap.js";
import { withoutAccepted, writeBaseline } from "../baseline.js";
import { type ExitCode, exitCodes, FailedError, UsageError } from "../exit.js";
import { loadOptions } from "../files/config.js";
import { loadProject, type Project } from "../files/project.js";
import { fails, type ReportOptions, withReportOptions } from "../options.js";
import { reporters } from "../reporters/index.js";
import type { Report } from "../reporters/report.js";
import { openTerminal, type Terminal } from "../terminal.js";

interface LintOptions extends ReportOptions {
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
}

export function addLint(program: Command, finish: (code: ExitCode) => void): void {
  withReportOptions(program.command("lint"))
    .description(
      "Check files and folders, all of one call together. A folder is searched for the five formats, hidden files included.",
    )
    .argument("[path...]", "files and folders, - for standard input", ["."])
    .option("--baseline <file>", "report only what this file does not accept")
    .option("--write-baseline", "accept all that is found today: write it to the file of --baseline")
    .action((paths: string[], options: LintOptions) => finish(lint(paths, options)));
}

function lint(paths: readonly string[], options: LintOptions): ExitCode {
  const { baseline } = options;
  if (options.writeBaseline && baseline === undefined) throw new UsageError("--write-baseline needs --baseline FILE");
  const terminal = openTerminal(options.color);
  const settings = loadOptions(options.config, paths[0] ?? ".", terminal);
  const { stdinPath, quiet = false } = options;
  const project = loadProject({ paths, stdinPath, options: settings, quiet }, terminal);
  const found = reportOf(project, terminal);
  if (options.writeBaseline && baseline !== undefined) {
    // What was accepted in a file that could not be read would be lost.
    if (project.incomplete) throw new FailedError(`${baseline} is not written: not all files could be read`);
    writeBaseline(found, baseline);
  }
  const report = baseline === undefined ? found : withoutAccepted(found, baseline);
  printReport(report, options, terminal);
  return exitCodeOf(report, project, options);
}

/** The byte-order mark. */
const mark = "\uFEFF";

/** The finding as an editor counts, which takes the mark for no character of the first line. */
function withoutMark(finding: Finding): Finding {
  const place = ({ line, character }: Position): Position =>
    line === 0 ? { line, character: Math.max(0, character - 1) } : { line, character };
  const { mendable, fix, alternatives, range } = finding;
  return { ...finding, mendable, fix, alternatives, range: { start: place(range.start), end: place(range.end) } };
}

/** From so many files on, memory counts more than time. */
const manyFiles = 1000;

/** All that a project's service finds. */
export function reportOf({ service, files }: Project, { progress }: Terminal): Report {
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  if (files.length > manyFiles) growSlowly();
  const all = files.flatMap(({ uri, name, text }, i) => {
    progress.report("checked", i, files.length);
    const found = service.findings(uri);
    const shown = (text.startsWith(mark) ? found.map(withoutMark) : found).map((finding) => ({
      finding,
      file: name,
      fixable: finding.mendable,
    }));
    // Of thousands of files, what was read would fill the memory.
    service.trim();
    return shown;
  });
  progress.clear();
  return {
    checked: files.map(({ uri }) => uri),
    findings: all,
    all,
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
