import type { Assignment, Scope } from "../../proxy/settings.js";
import { quoteEnvironmentFileValue } from "../../quoting/environment-file.js";
import { quoteSystemdWord } from "../../quoting/systemd.js";
import { lineEndingOf } from "../../text/eol.js";
import type { TextEdit } from "../../text/span.js";
import { readAs } from "./environment.js";
import type { Directive, EnvironmentWord, Section, SystemdDropinTree } from "./tree.js";

/**
 * A new line `Environment="NAME=value"` after the last one of [Service], quoted and indented as that is. Without one it
 * comes after the header; without a [Service], that is made at the end of the file.
 */
export function addSystemdAssignment(
  tree: SystemdDropinTree,
  _scope: Scope,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  if (tree.entries) return addEntry(tree, name, value);
  // Between tags there is no telling under which condition the new line would stand.
  if (tree.conditional) return undefined;
  const { text } = tree.source;
  const { words } = tree.environment;
  const model =
    words.findLast((word) => readAs(word.directive, "Environment") && word.name) ??
    words.findLast((word) => isService(word.directive.section));
  const written = word(`${name}=${value}`, model);
  if (written === undefined) return undefined;
  const eol = lineEndingOf(text);
  // An empty Environment= below the last word takes back all that stands above it.
  const previous = lastEnvironment(tree) ?? model?.directive;
  const at = previous?.whole.end ?? serviceEnd(tree) ?? text.length;
  // A backslash at the file's end would take the new line for a part of the last one.
  if (at === text.length && endsContinued(text)) return undefined;
  const gap = at > 0 && !/[\r\n]/.test(text.charAt(at - 1)) ? eol : "";
  const header = previous || serviceEnd(tree) !== undefined ? "" : `${text === "" ? "" : eol}[Service]${eol}`;
  const line = `${indentOf(text, previous)}Environment=${written}${eol}`;
  return [{ span: { start: at, end: at }, newText: gap + header + line }];
}

/** Takes a word away with the blanks before it, and its line with the last one. */
export function removeSystemdAssignment(
  tree: SystemdDropinTree,
  _scope: Scope,
  assignment: Assignment,
): readonly TextEdit[] | undefined {
  const entry = tree.entries?.find(({ span }) => span.start === assignment.span.start);
  if (entry) return [{ span: entry.whole, newText: "" }];
  const shell = tree.shellLines.find(({ directive }) => directive.span.start === assignment.span.start);
  if (shell) return [{ span: shell.directive.whole, newText: "" }];
  const found = tree.environment.words.find(({ span }) => span.start === assignment.span.start);
  if (!found) return undefined;
  if (tree.conditional && found.directive.line.holes.some(({ kind }) => kind === "control")) return undefined;
  const line = tree.environment.words.filter(({ directive }) => directive === found.directive);
  if (line.length === 1) return [{ span: found.directive.whole, newText: "" }];
  const before = line[found.index - 1];
  const after = line[found.index + 1];
  const start = before ? before.span.end : found.span.start;
  const end = before || !after ? found.span.end : after.span.start;
  return [{ span: { start, end }, newText: "" }];
}

/** The last line that is no comment ends in a backslash. */
function endsContinued(text: string): boolean {
  for (const line of text.trimEnd().split(/\r?\n/).reverse()) {
    if (/^\s*[#;]/.test(line)) continue;
    return line.endsWith("\\");
  }
  return false;
}

function addEntry(tree: SystemdDropinTree, name: string, value: string): readonly TextEdit[] | undefined {
  const written = quoteEnvironmentFileValue(value);
  if (written === undefined) return undefined;
  const { text } = tree.source;
  const eol = lineEndingOf(text);
  const at = tree.entries?.at(-1)?.whole.end ?? text.length;
  const gap = at > 0 && !/[\r\n]/.test(text.charAt(at - 1)) ? eol : "";
  return [{ span: { start: at, end: at }, newText: `${gap}${name}=${written}${eol}` }];
}

function word(text: string, model: EnvironmentWord | undefined): string | undefined {
  const bare = model !== undefined && model.quote === "" && /^[\w:/.,@*=+~-]*$/.test(text);
  return bare ? text : quoteSystemdWord(text, model?.quote === "'" && !text.includes("'") ? "'" : '"');
}

function lastEnvironment(tree: SystemdDropinTree): Directive | undefined {
  return tree.environment.directives.findLast((directive) => isService(directive.section));
}

/** The place after the header of [Service], or of what was meant to be it. */
function serviceEnd(tree: SystemdDropinTree): number | undefined {
  return tree.sections.findLast(isService)?.end;
}

function isService(section: Section | undefined): boolean {
  return section?.name.trim().toLowerCase() === "service";
}

function indentOf(text: string, directive: Directive | undefined): string {
  if (!directive) return "";
  return /^[ \t]*/.exec(text.slice(directive.whole.start, directive.keySpan.start))?.[0] ?? "";
}
