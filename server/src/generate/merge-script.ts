import { type Command, isCommand, type Separator } from "../shell/command.js";
import { readShell } from "../shell/read.js";
import { MappedText } from "../text/mapped-text.js";
import { type Message, msg } from "../text/message.js";
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
  if (joined !== undefined && shell === "posix" && isPlainCommand(kept)) {
    return `${kept.trimStart()} && ${joined} || exit`;
  }
  // A backslash at the end would draw the next line into the last command.
  const continued = shell === "posix" && (/\\*$/.exec(kept)?.[0].length ?? 0) % 2 === 1;
  return `${kept}${continued ? "\n\n" : "\n"}${script}`;
}

/** Why nothing can follow a script: it ends inside a quotation or a here-document. */
export function unfinished(existing: string, shell: ScriptShell): Message | undefined {
  if (shell !== "posix") return undefined;
  const kept = withoutWriters([existing], shell).join("");
  return readShell([MappedText.document(kept)]).problems.length > 0
    ? msg("The script that stands there does not end: a quote or here-document of it is not closed.")
    : undefined;
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

/** A command or compound command of the script itself, the bodies of its here-documents included. */
interface Part {
  readonly before: Separator | undefined;
  readonly after: Separator | undefined;
  /** It is one simple command. */
  readonly simple: boolean;
  readonly span: Span;
  /** Without the bodies of here-documents. */
  readonly command: string;
}

function withoutWriter(script: string): string {
  const { parts, comments } = partsOf(script);
  const dropped = droppedOf(script, parts);
  let out = "";
  let previous: Part | undefined;
  const close = (to: number) => {
    const from = previous?.span.end ?? 0;
    if (previous?.after?.operator === "&") out += " &";
    out += /^[ \t]+#.*/.exec(script.slice(from))?.[0].trimEnd() ?? "";
    for (const note of linesOf(script, comments, from, to)) out += `${out === "" ? "" : "\n"}${note}`;
  };
  for (const [index, part] of parts.entries()) {
    if (dropped[index]) continue;
    const from = previous?.span.end ?? 0;
    if (previous === parts[index - 1]) out += script.slice(from, part.span.start);
    else if (previous?.after?.operator === "&&" && part.before?.operator === "&&") out += " && ";
    else {
      close(part.span.start);
      out += out === "" ? "" : "\n";
    }
    out += script.slice(part.span.start, part.span.end);
    previous = part;
  }
  if (previous === parts.at(-1)) return out + script.slice(previous?.span.end ?? 0);
  close(script.length);
  return out;
}

/** The comments of a stretch that have lines of their own. */
function linesOf(script: string, comments: readonly Span[], from: number, to: number): readonly string[] {
  return comments.flatMap(({ start, end }) => {
    const alone = /^[ \t]*$/.test(script.slice(script.lastIndexOf("\n", start - 1) + 1, start));
    return start >= from && end <= to && alone ? [script.slice(start, end).trimEnd()] : [];
  });
}

/** Which parts go. What is kept must not hang on one of them: a pipe, an alternative, a condition. */
function droppedOf(script: string, parts: readonly Part[]): readonly boolean[] {
  const dropped: boolean[] = [];
  for (const { command, before, span, simple } of parts) {
    const guards = before?.operator === "||" && dropped.at(-1) === true && /^(?:exit(?: \d+)?|true|:)$/.test(command);
    dropped.push(guards || serves(command, script.slice(span.start, span.end), simple));
  }
  const keep = (index: number): void => {
    for (const step of [-1, 1]) {
      for (let at = index; dropped[at] || at === index; at += step) {
        dropped[at] = false;
        const separator = step < 0 ? parts[at]?.before : parts[at]?.after;
        if (!/^(?:\||\|\||&&)$/.test(separator?.operator ?? "")) break;
      }
    }
  };
  for (const [index, part] of parts.entries()) {
    if (!dropped[index]) continue;
    const { before, after } = part;
    const [previous, next] = [parts[index - 1], parts[index + 1]];
    const hangs =
      (previous && !dropped[index - 1] && (ties(before) || (before?.operator === "&&" && isCondition(previous)))) ||
      (next && !dropped[index + 1] && ties(after));
    if (hangs) keep(index);
  }
  return dropped;
}

function ties(separator: Separator | undefined): boolean {
  return separator?.operator === "|" || separator?.operator === "||";
}

/** Under `set -e` it would end the job, once nothing hangs on it any more. */
function isCondition({ command, simple }: Part): boolean {
  return !simple || /^(?:!|\[\[?|test|grep|command|type|which)\s/.test(command);
}

function partsOf(script: string): { readonly parts: readonly Part[]; readonly comments: readonly Span[] } {
  const reading = readShell([MappedText.document(script)]);
  const own = reading.commands.filter(({ context }) => context.kind === "script");
  const comments = reading.comments.map(({ span }) => span);
  const bodies = own.flatMap(({ redirections }) =>
    redirections.flatMap(({ span, hereDocument }) =>
      hereDocument ? [{ at: span.start, end: hereDocument.next }] : [],
    ),
  );
  const parts: Part[] = [];
  let open: { readonly start: number; readonly before: Separator | undefined } | undefined;
  let end = 0;
  for (const element of rootOf(own)?.elements ?? []) {
    const from = Math.max(element.before?.span.end ?? 0, end);
    const to = element.after?.span.start ?? script.length;
    const start = open?.start ?? from + (/^(?:\s|#.*)*/.exec(script.slice(from, to))?.[0].length ?? 0);
    const behind = bodies.filter((body) => body.at >= start && body.at < to && body.end > to);
    const first = open ?? { start, before: element.before };
    // A body begins behind the line, which other commands may share.
    const shared = behind.length > 0 && element.after && element.after.operator !== "\n";
    open = shared ? first : undefined;
    if (shared) continue;
    const comment = comments.find((one) => one.start > start && one.start < to && one.end >= to);
    const stop = isCommand(element) && element.after === undefined && behind.length === 0 ? element.span.end : to;
    const commandEnd =
      start + script.slice(start, Math.max(start, Math.min(stop, comment?.start ?? stop))).trimEnd().length;
    const body = Math.max(0, ...behind.map((one) => one.end));
    end = Math.max(commandEnd, body > 0 && script.charAt(body - 1) === "\n" ? body - 1 : body);
    parts.push({
      before: first.before,
      after: element.after,
      simple: isCommand(element) && first.start >= from,
      span: { start: first.start, end },
      command: script.slice(first.start, commandEnd),
    });
  }
  return { parts, comments };
}

function rootOf([command]: readonly Command[]) {
  let block = command?.block;
  while (block?.parent) block = block.parent;
  return block;
}

function writesProxies(text: string): boolean {
  return /\.docker\/config\.json/.test(text) && /proxies/.test(text) && />|\btee\b|\bjq\b/.test(text);
}

/** Commands that make the folder or the file, or that the generated script is made of. */
function serves(text: string, whole: string, simple: boolean): boolean {
  if (!simple) return /^json_escape\s*\(\)/.test(text);
  return (
    writesProxies(whole) ||
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
