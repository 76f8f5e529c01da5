import { type Command, type Element, isCommand, type Separator } from "../shell/command.js";
import { readShell } from "../shell/read.js";
import { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import type { GeneratedScript } from "./dind-script.js";

/**
 * A script with a generated one behind it, or before it where it logs in. What wrote the proxies to `.docker/config.json`
 * before, and the commands that only served it, go; all else stays as it is.
 *
 * The runner's shells run with `set -e`, which passes over a failure before `&&` and does not look into what stands there.
 * So the two are joined by `&&` where the first is one plain command, with `|| exit` behind: each failure ends the job with
 * its own status, as before. All else gets a line of its own; of `a && b`, a failure of `a` did not end the job, and would.
 */
export function mergeScript(existing: string, { script, joined }: GeneratedScript, shell: ScriptShell): string {
  const kept = withoutWriters([existing], shell).join("").trimEnd();
  if (kept.trim() === "") return script;
  if (logsIn(kept)) return `${script}\n${kept}`;
  return joined !== undefined && shell === "posix" && isPlainCommand(kept)
    ? `${kept.trimStart()} && ${joined} || exit`
    : `${kept}\n${script}`;
}

export type ScriptShell = "posix" | "powershell";

/** Commands whose failure under `set -e` says nothing, or that run others in the shell itself. */
const special = new Set(
  "! . : [ [[ builtin command eval exec exit false return set shift source test trap true".split(" "),
);

/** One simple command of a program, on one line, with nothing of which `set -e` could mean something else before `&&`. */
function isPlainCommand(script: string): boolean {
  if (/[\r\n#`!]|\$\(|<\(|\\$/.test(script)) return false;
  const { commands, problems } = readShell([MappedText.document(script)]);
  const [command] = commands.filter(({ context }) => context.kind === "script");
  if (!command || problems.length > 0 || command.header) return false;
  const [program] = command.words;
  if (!program || special.has(program.text.text) || program.text.hasUnknown()) return false;
  return command.span.start === script.length - script.trimStart().length && command.span.end === script.length;
}

/** The texts that one shell runs, without what wrote the proxies to `.docker/config.json` and what served that alone. */
export function withoutWriters(texts: readonly string[], shell: ScriptShell): readonly string[] {
  const writes = texts.some((text) => /\.docker[\\/]config\.json/.test(text) && /proxies/.test(text));
  if (!writes) return texts;
  return texts.map((text) => (shell === "posix" ? withoutWriter(text) : withoutPowerShellWriter(text)));
}

/** A login adds to the file, which a script behind it would write anew without it. */
export function logsIn(script: string): boolean {
  return /\bdocker\s+login\b/.test(script);
}

/** A command or compound command of the script itself, with its place. */
interface Part {
  readonly element: Element;
  readonly span: Span;
  readonly text: string;
}

function withoutWriter(script: string): string {
  const parts = partsOf(script);
  const dropped: boolean[] = [];
  for (const { element, text } of parts) {
    const guards = text === "exit" && element.before?.operator === "||" && dropped.at(-1) === true;
    dropped.push(guards || serves(text, isCommand(element)));
  }
  const out: string[] = [];
  let previous = -1;
  for (const [index, part] of parts.entries()) {
    if (dropped[index]) continue;
    const before = part.element.before;
    if (previous >= 0) {
      const last = parts[previous];
      if (index === previous + 1) out.push(script.slice(last?.span.end ?? 0, part.span.start));
      else out.push(last?.element.after?.operator === "&&" && before?.operator === "&&" ? " && " : "\n");
    } else if (index === 0) out.push(script.slice(0, part.span.start));
    if (tied(before, dropped[index - 1]) || tied(part.element.after, dropped[index + 1])) return script;
    out.push(part.text);
    previous = index;
  }
  if (previous >= 0 && previous === parts.length - 1) out.push(script.slice(parts[previous]?.span.end));
  return out.join("");
}

/** Whether what is kept hangs on what is dropped. */
function tied(separator: Separator | undefined, dropped: boolean | undefined): boolean {
  return dropped === true && /^(?:\||\|\||&)$/.test(separator?.operator ?? "");
}

function partsOf(script: string): readonly Part[] {
  const [root] = readShell([MappedText.document(script)]).commands.flatMap(rootOf);
  return (root?.elements ?? []).map((element) => {
    const from = element.before?.span.end ?? 0;
    const to = element.after?.span.start ?? script.length;
    const text = script.slice(from, to);
    const start = from + (text.length - text.trimStart().length);
    const end =
      isCommand(element) && element.after === undefined
        ? Math.max(element.span.end, start)
        : start + text.trim().length;
    return { element, span: { start, end }, text: script.slice(start, end) };
  });
}

function rootOf(command: Command) {
  if (command.context.kind !== "script") return [];
  let { block } = command;
  while (block.parent) block = block.parent;
  return [block];
}

function writesProxies(text: string): boolean {
  return /\.docker\/config\.json/.test(text) && /proxies/.test(text) && />|\btee\b|\bjq\b/.test(text);
}

/** Commands that make the folder or the file, or that the generated script is made of. */
function serves(text: string, simple: boolean): boolean {
  if (!simple) return /^json_escape\s*\(\)/.test(text);
  return (
    writesProxies(text) ||
    /^mkdir\s[^&|;]*\.docker\/?["']?\s*$/.test(text) ||
    /^\[ -s "?\$HOME\/\.docker\/config\.json"? \]$/.test(text) ||
    /^echo '\{\}' > "?\$HOME\/\.docker\/config\.json"?$/.test(text) ||
    /^mv "?\$HOME\/\.docker\/config\.json\.new"? /.test(text)
  );
}

/** The lines of a PowerShell script that no command of the generated one stands on. */
function withoutPowerShellWriter(script: string): string {
  const lines = script.split("\n");
  return lines.filter((line) => !/\.docker[\\/"]|^\s*\$proxies = @\{/.test(line)).join("\n");
}
