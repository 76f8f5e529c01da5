import { type Command, type Element, isCommand, type Separator } from "../shell/command.js";
import { readShell } from "../shell/read.js";
import { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/**
 * A script with another behind it. What wrote the proxies to `.docker/config.json` before, and the commands that only
 * served it, go; all else stays as it is. The two stand on lines of their own: joined by `&&`, a failure of the first
 * would no longer end a job whose shell runs with `set -e`.
 */
export function mergeScript(existing: string, script: string, shell: ScriptShell): string {
  const kept = withoutWriters([existing], shell).join("").trimEnd();
  if (kept.trim() === "") return script;
  return logsIn(kept) ? `${script}\n${kept}` : `${kept}\n${script}`;
}

export type ScriptShell = "posix" | "powershell";

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
  const dropped = parts.map(({ element, text }) => serves(text, isCommand(element)));
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
