import type { Command } from "commander";
import { fixAll } from "../../features/fix-all.js";
import { type ExitCode, exitCodes } from "../exit.js";
import { loadOptions } from "../files/config.js";
import { loadProject, type Project } from "../files/project.js";
import { removeLeftovers, replaceText, UnwritableError } from "../files/write.js";
import { type ReportOptions, withReportOptions } from "../options.js";
import { unifiedDiff } from "../reporters/diff.js";
import { openTerminal, type Terminal } from "../terminal.js";
import { exitCodeOf, printReport, reportOf } from "./lint.js";

interface FixOptions extends ReportOptions {
  readonly dryRun?: boolean;
}

export function addFix(program: Command, finish: (code: ExitCode) => void): void {
  withReportOptions(program.command("fix"))
    .description("Apply the safe fixes, and report what is left. Standard input is printed mended.")
    .argument("[path...]", "files and folders, - for standard input", ["."])
    .option("--dry-run", "print the changes as a unified diff, and write nothing")
    .action((paths: string[], options: FixOptions) => finish(fix(paths, options)));
}

function fix(paths: readonly string[], options: FixOptions): ExitCode {
  const terminal = openTerminal(options.color);
  const settings = loadOptions(options.config, paths[0] ?? ".", terminal);
  const { stdinPath, quiet = false } = options;
  const project = loadProject({ paths, stdinPath, options: settings, quiet }, terminal);
  if (options.dryRun) {
    const found = reportOf(project, terminal);
    const mended = fixAll(project.service, project.service.uris()).texts;
    for (const { uri, name, text } of project.files) {
      terminal.print(unifiedDiff(name, text, mended.get(uri) ?? text, terminal.colors));
    }
    return exitCodeOf(found, project, options);
  }
  const mended = fixAll(project.service, project.service.uris()).texts;
  const complete = write(project, mended, options, terminal);
  const left = reportOf(project, terminal);
  if (!project.files.some(({ stdin }) => stdin)) printReport(left, options, terminal);
  return complete ? exitCodeOf(left, project, options) : exitCodes.failed;
}

/** @returns whether all could be written */
function write(
  { files, service }: Project,
  mended: ReadonlyMap<string, string>,
  { quiet }: FixOptions,
  terminal: Terminal,
): boolean {
  let complete = true;
  removeLeftovers(files.flatMap(({ name, stdin }) => (stdin ? [] : [name])));
  for (const { uri, name, text, stdin } of files) {
    const after = mended.get(uri);
    if (stdin) terminal.print(after ?? text);
    if (stdin || after === undefined) continue;
    try {
      const otherNames = replaceText(name, text, after);
      if (!quiet) terminal.note(`${name} mended`);
      if (otherNames > 0) terminal.note(`${name} was a hard link: its other names keep the text before`);
    } catch (error) {
      if (!(error instanceof UnwritableError)) throw error;
      terminal.note(`${name} ${error.message}`);
      service.setDocument(uri, text);
      complete = false;
    }
  }
  return complete;
}
