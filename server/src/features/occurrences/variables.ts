import type { Tree } from "../../formats/index.js";
import type { Scope, Script } from "../../proxy/settings.js";
import type { Command } from "../../shell/command.js";
import { type ScriptAssignment, scriptAssignments } from "../../shell/facts/assignments.js";
import { buildArguments } from "../../shell/facts/docker-commands.js";
import { invocation } from "../../shell/program.js";
import { eachExpansion } from "../../shell/read.js";
import { ownCommands } from "../../shell/script.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Document } from "../../workspace/document.js";
import { scalarsOf } from "../yaml-nodes.js";
import { distinct, inOrder, type Occurrence } from "./occurrence.js";

/** The name of a variable where a file sets or uses it. */
export interface VariableOccurrence extends Occurrence {
  readonly name: string;
  /** The processes that share the variable: those of jobs, or those of one systemd unit. */
  readonly group: string;
  /** The name itself, to be written to. */
  readonly text: MappedText;
  /** The environment that it is set in, or that the place where it is used sees. */
  readonly scope?: Scope;
  /** The script that it stands in. */
  readonly script?: Script;
  /** The command that sets or uses it. */
  readonly command?: Command;
  /** How a script sets it. */
  readonly kind?: ScriptAssignment["kind"];
}

const jobs = "jobs";
const validName = /^[A-Za-z_]\w*$/;

const known = new WeakMap<Tree, readonly VariableOccurrence[]>();

/** Every variable that a document sets or uses, jobs' and units'. Docker's JSON has keys, no variables. */
export function variables(document: Document): readonly VariableOccurrence[] {
  let found = known.get(document.tree);
  if (!found) {
    found = distinct(inOrder([...inScopes(document), ...inScripts(document), ...inValues(document)]));
    known.set(document.tree, found);
  }
  return found;
}

/** Whether a text can be the name of a variable. */
export function isVariableName(text: string): boolean {
  return validName.test(text);
}

/** The group of a scope's variables; undefined for keys of JSON. */
function groupOf(scope: Scope, document: Document): string | undefined {
  switch (scope.kind) {
    case "unit":
    case "environment-file":
      return `unit ${scope.label === "" ? document.uri : scope.label}`;
    case "docker-client":
    case "docker-daemon":
    case "embedded-docker-client":
      return undefined;
    default:
      return jobs;
  }
}

function* inScopes(document: Document): Generator<VariableOccurrence> {
  for (const scope of document.settings.scopes) {
    const group = groupOf(scope, document);
    if (group === undefined) continue;
    for (const { name } of scope.assignments) {
      if (!validName.test(name.text) || name.hasUnknown()) continue;
      yield { document, span: name.contentSpan, definition: true, name: name.text, group, text: name, scope };
    }
  }
}

function* inScripts(document: Document): Generator<VariableOccurrence> {
  for (const script of document.settings.scripts) {
    if (script.repeated) continue;
    const base = { document, group: jobs, script, ...(script.scope && { scope: script.scope }) };
    const { assignments, unsets } = scriptAssignments(script);
    for (const { name, command, kind } of assignments) {
      if (!validName.test(name.text)) continue;
      yield { ...base, span: name.contentSpan, definition: true, name: name.text, text: name, command, kind };
    }
    for (const { text, command } of [
      ...unsets.map(({ name, command }) => ({ text: name, command })),
      ...bare(script),
    ]) {
      if (!validName.test(text.text) || text.hasUnknown()) continue;
      yield { ...base, span: text.contentSpan, definition: false, name: text.text, text, command };
    }
    for (const command of ownCommands(script)) {
      const found: VariableOccurrence[] = [];
      eachExpansion(command, ({ name, nameSpan }) => {
        if (name === undefined || !nameSpan || !validName.test(name)) return;
        const text = command.source.slice(nameSpan.start, nameSpan.end);
        found.push({ ...base, span: text.contentSpan, definition: false, name, text, command });
      });
      yield* found;
    }
  }
}

/** Names that a command is given to pass on: `export NAME`, `--build-arg NAME`. */
function* bare(script: Script): Generator<{ readonly text: MappedText; readonly command: Command }> {
  for (const command of ownCommands(script)) {
    const call = invocation(command);
    if (call?.name !== "export" && call?.name !== "readonly") continue;
    if (call.args.some(({ text }) => text.text === "-n")) continue;
    for (const { text } of call.args) yield { text, command };
  }
  for (const { name, value, command } of buildArguments(script)) if (!value) yield { text: name, command };
}

/** `$NAME` in values: of an `environment`, of a pipeline's keywords, of a unit's commands. */
function* inValues(document: Document): Generator<VariableOccurrence> {
  const { tree, settings } = document;
  switch (tree.format) {
    case "runner-toml":
      for (const scope of settings.scopes) {
        for (const { value } of scope.assignments) yield* references(document, value.text, value, jobs, scope);
      }
      return;
    case "gitlab-ci": {
      const scripts = new Set(settings.scripts.flatMap(({ texts }) => texts.map(({ sourceSpan }) => sourceSpan.start)));
      const scopes = scopesByValue(settings.scopes);
      for (const text of scalarsOf(tree)) {
        const { start } = text.sourceSpan;
        if (!scripts.has(start)) yield* references(document, text.text, text, jobs, scopes.get(start));
      }
      return;
    }
    case "systemd-dropin": {
      const [scope] = settings.scopes;
      const group = scope && groupOf(scope, document);
      if (group === undefined) return;
      for (const { key, value } of tree.directives) {
        if (/^Exec[A-Z]/.test(key)) yield* references(document, value.text, value, group, scope);
      }
    }
  }
}

function scopesByValue(scopes: readonly Scope[]): ReadonlyMap<number, Scope> {
  return new Map(
    scopes.flatMap((scope) => scope.assignments.map(({ value }) => [value.sourceSpan.start, scope] as const)),
  );
}

function* references(
  document: Document,
  text: string,
  mapped: MappedText,
  group: string,
  scope: Scope | undefined,
): Generator<VariableOccurrence> {
  if (!text.includes("$")) return;
  for (const { index, 0: whole, 1: plain, 2: braced } of text.matchAll(/\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)) {
    const name = plain ?? braced;
    if (name === undefined) continue;
    const start = index + whole.indexOf(name);
    const part = mapped.slice(start, start + name.length);
    yield { document, span: part.contentSpan, definition: false, name, group, text: part, ...(scope && { scope }) };
  }
}
