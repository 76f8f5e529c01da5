import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import type { Runner } from "../../formats/runner-toml/runner.js";
import { lineEndingOf } from "../../text/eol.js";
import { type Message, msg } from "../../text/message.js";
import { applyEdits, type TextEdit } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import type { GeneratedScript } from "../dind-script.js";
import { mergeScript, type ScriptShell, unfinished } from "../merge-script.js";
import { tomlScript } from "../script-quoting.js";
import type { Template } from "../template.js";
import { difference, indentationAt, laidOut, linesAt, nextLine, type PlacedEdit, type Placement } from "./placement.js";
import { withVariables } from "./variables.js";

/** The keys of the jobs' proxy for a `[[runners]]`: what it lacks of them, above its first sub-table. */
export interface RunnerBlock {
  readonly getSources: Template;
  readonly environment: Template;
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** @param offset of the cursor: tells which runner is meant; the first where it stands in none */
export function placeRunnerConfig(
  document: Document,
  tree: RunnerTomlTree,
  offset: number,
  block: RunnerBlock,
): Placement {
  const runner = runnerAt(tree, offset);
  const { text } = document;
  if (!isArrayOfTables(tree, runner)) return { problem: noArrayOfTables() };
  if (!runner) {
    const lines = ["[[runners]]\n", ...laidOut([...block.getSources, ...block.environment], "\n", "  ")];
    return { edits: [linesAt(text, text.length, laidOut(lines, lineEndingOf(text)), true)] };
  }
  const hasSources = runner.table.find("pre_get_sources_script") !== undefined;
  if (!runner.table.find("environment")) {
    const template = [...(hasSources ? [] : block.getSources), ...block.environment];
    return { edits: [intoRunner(text, runner, template)] };
  }
  const scope = document.settings.scopes.find(({ id }) => id === `runners[${runner.index}].environment`);
  const merged = scope && withVariables(document, scope, block.variables);
  if (merged === undefined) return { problem: msg("`environment` of this runner is no array of strings.") };
  const sources = hasSources ? [] : [intoRunner(text, runner, block.getSources)];
  if (merged === text && sources.length === 0) return { problem: msg("The runner has all of this already.") };
  return { edits: [...difference(text, merged), ...sources] };
}

/** `pre_build_script` of a runner: a new key, or its text with the script behind what it held. */
export function placePreBuildScript(
  document: Document,
  tree: RunnerTomlTree,
  offset: number,
  made: GeneratedScript,
  shell: ScriptShell,
): Placement {
  const { script } = made;
  const runner = runnerAt(tree, offset);
  const { text } = document;
  const eol = lineEndingOf(text);
  const entry = (value: string): Template => [`pre_build_script = ${value}\n`];
  const present = runner?.table.find("pre_build_script");
  if (!present && !isArrayOfTables(tree, runner)) return { problem: noArrayOfTables() };
  if (!runner) {
    const lines = ["[[runners]]\n  ", ...entry(tomlScript(script, eol))];
    return { edits: [linesAt(text, text.length, laidOut(lines, eol), true)] };
  }
  if (!present) {
    const edit = intoRunner(text, runner, [""]);
    // The lines of a script are its own: indentation would become part of it.
    const lines = laidOut([runnerIndentation(text, runner), ...entry(tomlScript(script, eol))], eol);
    return { edits: [linesAt(text, edit.span.start, lines)] };
  }
  const value = present.kind === "entry" ? present.value : undefined;
  if (value?.kind !== "string") return { problem: msg("`pre_build_script` of this runner is no string.") };
  const existing = value.value.replaceAll("\r\n", "\n");
  const problem = unfinished(existing, shell);
  if (problem) return { problem };
  const merged = mergeScript(existing, made, shell);
  const replaced: TextEdit = { span: value, newText: tomlScript(merged, eol) };
  const edits = difference(text, applyEdits(text, [replaced]));
  return edits.length > 0 ? { edits } : { problem: msg("The runner has this script already.") };
}

/** The shell that a runner's scripts are for; undefined where the file leaves it to the runner. */
export function shellAt(tree: RunnerTomlTree, offset: number): string | undefined {
  return runnerAt(tree, offset)?.shell?.value;
}

function runnerAt(tree: RunnerTomlTree, offset: number): Runner | undefined {
  return tree.runners.findLast(({ span }) => span.start <= offset) ?? tree.runners[0];
}

/** Whether the runner has a section of its own to take keys, or one can be added. */
function isArrayOfTables({ root }: RunnerTomlTree, runner: Runner | undefined): boolean {
  return runner ? runner.table.sections[0]?.header !== undefined : root.find("runners") === undefined;
}

function noArrayOfTables(): Message {
  return msg("Write the runners as [[runners]], with one key a line, first.");
}

/** Behind the last key of the runner's own section, with its indentation. */
function intoRunner(text: string, runner: Runner, template: Template): PlacedEdit {
  const section = runner.table.sections[0];
  const last = section?.entries.at(-1);
  const at = nextLine(text, last?.end ?? section?.header?.end ?? runner.span.end);
  return linesAt(text, at, laidOut(template, lineEndingOf(text), runnerIndentation(text, runner)));
}

function runnerIndentation(text: string, runner: Runner): string {
  const first = runner.table.sections[0]?.entries[0];
  return first ? indentationAt(text, first.start) : `${indentationAt(text, runner.span.start)}  `;
}
