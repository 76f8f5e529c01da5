import { backquoted } from "../quoting/shell/backquote.js";
import { type Expansion, joinWords, ShellSource, type ShellWord } from "../quoting/shell.js";
import type { MappedText } from "../text/mapped-text.js";
import { Blocks } from "./blocks.js";
import type { Command, Context, Redirection, ShellProblem, ShellReading, SourceSpan } from "./command.js";
import { parseText } from "./parse-text.js";
import { invocation, knownText } from "./program.js";

/** How deep scripts inside scripts are read; what is deeper stays closed. */
const deepest = 5;
/** Characters of a script beyond which it is left unread: no hand wrote it, and reading must not keep the editor waiting. */
const longest = 128 * 1024;
const shells = /^(?:ba|da|a|k|z)?sh$/;
/** Options of shells whose value is the next word: `-o pipefail`, `-euo pipefail`. */
const shellValued = /^(?:[-+][A-Za-z]*[oO]|--rcfile|--init-file)$/;

/** Programs that run what they are given elsewhere, and the words that make them do so. */
const remotes: Readonly<Record<string, RegExp | undefined>> = {
  ssh: undefined,
  sshpass: undefined,
  docker: /^(?:run|exec)$/,
  podman: /^(?:run|exec)$/,
  nerdctl: /^(?:run|exec)$/,
  buildah: /^run$/,
  "docker-compose": /^(?:run|exec)$/,
  kubectl: /^(?:run|exec)$/,
  oc: /^(?:run|exec|rsh)$/,
  lxc: /^exec$/,
  vagrant: /^ssh$/,
  chroot: undefined,
};

/** Reads texts that one shell runs one after the other, and the scripts that stand in their words. */
export function readShell(texts: readonly MappedText[]): ShellReading {
  const reading = { commands: [], comments: [], problems: [] };
  if (texts.reduce((sum, text) => sum + text.text.length, 0) > longest) return reading;
  read(texts, { kind: "script", elsewhere: false, subshell: false, depth: 0 }, reading);
  return reading;
}

interface Output {
  readonly commands: Command[];
  readonly comments: SourceSpan[];
  readonly problems: ShellProblem[];
}

/** Recurses by {@link deepest}, not by the document. */
function read(texts: readonly MappedText[], context: Context, out: Output): void {
  const own: Command[] = [];
  const blocks = new Blocks(context, own);
  // A problem of a nested text was already seen by the text around it, or is none of this script's.
  const problems = context.depth === 0 ? out.problems : [];
  for (const text of texts) parseText(ShellSource.of(text), blocks, { comments: out.comments, problems });
  for (const command of own) {
    if (context.depth < deepest) substitutions(command, context, out);
    out.commands.push(command);
    if (context.depth < deepest) innerScripts(command, context, out);
  }
}

function substitutions(command: Command, context: Context, out: Output): void {
  const { source } = command;
  eachExpansion(command, (expansion) => {
    if (!expansion.inner) return;
    const text =
      expansion.kind === "backquote"
        ? backquoted(source, expansion.inner)
        : source.slice(expansion.inner.start, expansion.inner.end);
    read([text], { ...context, kind: "substitution", subshell: true, depth: context.depth + 1 }, out);
  });
}

/** Calls `visit` for everything that the command's own shell expands. */
export function eachExpansion(command: Command, visit: (expansion: Expansion) => void): void {
  for (const assignment of command.assignments) assignment.word.expansions.forEach(visit);
  for (const word of command.words) word.expansions.forEach(visit);
  for (const redirection of command.redirections) {
    redirection.target?.expansions.forEach(visit);
    redirection.hereDocument?.expansions.forEach(visit);
  }
}

function innerScripts(command: Command, context: Context, out: Output): void {
  const call = invocation(command);
  if (!call) return;
  const remote = isRemote(call.name, call.args);
  const inner: Context = {
    kind: remote ? "remote" : "shell",
    elsewhere: context.elsewhere || remote,
    subshell: call.name !== "eval" || context.subshell,
    depth: context.depth + 1,
  };
  const words = [call.program, ...call.args];
  const script = shells.test(call.name) || remote ? scriptWord(words) : undefined;
  if (script) read([script.text], inner, out);
  else if (call.name === "eval" && context.kind === "script")
    read([joinWords(command.source, call.args).text], inner, out);
  else if (call.name === "ssh") read([remoteCommand(command.source, call.args)], inner, out);
  const takesInput = call.name === "ssh" || (!script && words.some((word) => shells.test(baseName(word))));
  const body = takesInput && (remote || shells.test(call.name)) ? inputOf(command.redirections) : undefined;
  if (body) read([body], inner, out);
}

function isRemote(name: string, args: readonly ShellWord[]): boolean {
  if (!Object.hasOwn(remotes, name)) return false;
  const wanted = remotes[name];
  return !wanted || args.slice(0, 12).some((word) => wanted.test(word.text.text));
}

function baseName(word: ShellWord): string {
  const text = knownText(word) ?? "";
  return text.slice(text.lastIndexOf("/") + 1);
}

/** The script of `sh -c SCRIPT`, wherever the shell stands among the words. */
function scriptWord(words: readonly ShellWord[]): ShellWord | undefined {
  const shell = words.findIndex((word) => shells.test(baseName(word)));
  if (shell < 0) return undefined;
  let command = false;
  let at = shell + 1;
  for (let option = words[at]?.text.text; option && /^[-+]./.test(option); option = words[at]?.text.text) {
    at++;
    if (option === "--") break;
    if (/^-[A-Za-z]*c/.test(option)) command = true;
    if (shellValued.test(option)) at++;
  }
  return command ? words[at] : undefined;
}

/** What ssh runs over there: the words behind the host. */
function remoteCommand(source: MappedText, args: readonly ShellWord[]): MappedText {
  let at = 0;
  while (at < args.length && /^-/.test(args[at]?.text.text ?? "")) {
    at += /^-[BbcDEeFIiJLlmOopQRSWw]$/.test(args[at]?.text.text ?? "") ? 2 : 1;
  }
  return joinWords(source, args.slice(at + 1)).text;
}

function inputOf(redirections: readonly Redirection[]): MappedText | undefined {
  for (let at = redirections.length - 1; at >= 0; at--) {
    const redirection = redirections[at];
    if (redirection?.hereDocument) return redirection.hereDocument.text;
    if (redirection?.operator === "<<<") return redirection.target?.text;
  }
  return undefined;
}
