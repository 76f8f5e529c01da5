import type { ShellKind } from "../../proxy/settings.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { CiJob } from "./job.js";
import type { GitlabCiTree } from "./tree.js";

const powershell =
  /\$env:\w|^\s*(?:Write-(?:Host|Output)|Set-[A-Z]\w+|Get-[A-Z]\w+|New-[A-Z]\w+|Invoke-[A-Z]\w+)\b|^\s*\$\w+\s*=\s/;

/** Of lists of lines: a list is asked about for its script, its job and the whole file. */
const known = new WeakMap<readonly MappedText[], ShellKind>();

/** The file does not name the shell; PowerShell shows in what is written. */
export function shellOf(lines: readonly MappedText[]): ShellKind {
  let shell = known.get(lines);
  if (!shell) {
    shell = lines.some((line) => powershell.test(line.text)) ? "powershell" : "posix";
    known.set(lines, shell);
  }
  return shell;
}

/** PowerShell may be that of Linux; of that nothing is known. */
export function mayRunOnWindows(job: CiJob): boolean {
  if (job.tags.some((tag) => /windows/i.test(tag))) return true;
  return (["before_script", "script"] as const).some((key) => {
    const script = job.script(key);
    return script !== undefined && shellOf(script.lines) === "powershell";
  });
}

/** Whether all that get the global variables may run on Windows: its jobs that this file shows. */
export function areForWindows({ jobs }: Pick<GitlabCiTree, "jobs">): boolean {
  const running = jobs.filter(({ hidden }) => !hidden);
  return running.length > 0 && running.every(mayRunOnWindows);
}
