import type { Assignment, Scope, Script } from "../../proxy/settings.js";
import { spellingOf, variableOf } from "../../proxy/variables.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { type Block, type Command, isConditional, lasts } from "../command.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

/** A variable that a script gives a value to, or takes away. */
export interface ScriptAssignment extends Assignment {
  readonly command: Command;
  /**
   * - `export`: for this shell and all that it runs (`export X=…`, `X=…; export X`, `X=…` of a variable that the environment has)
   * - `prefix`: for one command (`X=… command`, `env X=… command`)
   * - `plain`: for the shell alone
   */
  readonly kind: "export" | "prefix" | "plain";
  /** It may not happen: a branch, a loop, behind `&&` or `||`. */
  readonly conditional: boolean;
}

/** A variable that is taken away: `unset X`, `export -n X`. */
export interface ScriptUnset {
  readonly command: Command;
  readonly name: MappedText;
}

export interface ScriptAssignments {
  readonly assignments: readonly ScriptAssignment[];
  readonly unsets: readonly ScriptUnset[];
}

interface Given {
  readonly command: Command;
  readonly name: MappedText;
  readonly value: MappedText;
  readonly span: Span;
  readonly kind: "export" | "prefix" | "plain";
}

/** One or the other, in the order in which the script comes to them: not always that of the file, where anchors are used. */
type Change =
  | { readonly given: Given; readonly unset?: never }
  | { readonly unset: ScriptUnset; readonly given?: never };

/** What a script assigns and unsets, each in the order in which it comes to it. */
export function scriptAssignments(script: Script): ScriptAssignments {
  const changes = scriptChanges(script);
  return {
    assignments: changes.flatMap(({ assignment }) => assignment ?? []),
    unsets: changes.flatMap(({ unset }) => unset ?? []),
  };
}

/** One or the other. */
export type ScriptChange =
  | { readonly assignment: ScriptAssignment; readonly unset?: never }
  | { readonly unset: ScriptUnset; readonly assignment?: never };

/** What a script does to variables, in the order in which it comes to it. */
export function scriptChanges(script: Script): readonly ScriptChange[] {
  const { changes, exported } = readChanges(script);
  return changes.map(({ given, unset }) => (unset ? { unset } : { assignment: toAssignment(given, exported) }));
}

function readChanges(script: Script): { readonly changes: readonly Change[]; readonly exported: ReadonlySet<string> } {
  const changes: Change[] = [];
  const exported = new Set<string>();
  for (let scope = script.scope; scope; scope = scope.inherits) {
    for (const assignment of scope.assignments) exported.add(assignment.name.text);
  }
  for (const command of ownCommands(script)) {
    const call = invocation(command);
    const kind = command.words.length > 0 ? "prefix" : "plain";
    for (const { name, value, word } of command.assignments) {
      changes.push({ given: { command, name, value, span: spanOf(command, word), kind } });
    }
    if (!call) continue;
    for (const word of call.environment) changes.push({ given: { ...named(command, word), kind: "prefix" } });
    const takesAway =
      call.name === "unset" || (call.name === "export" && call.args.some((word) => word.text.text === "-n"));
    if (!takesAway && !isExport(call.name, call.args)) continue;
    for (const word of operands(call.args)) {
      if (takesAway) changes.push({ unset: { command, name: word.text } });
      else if (word.text.text.includes("=")) changes.push({ given: { ...named(command, word), kind: "export" } });
      else exported.add(word.text.text);
    }
  }
  return { changes, exported };
}

function toAssignment(given: Given, exported: ReadonlySet<string>): ScriptAssignment {
  const name = given.name.text;
  const variable = variableOf(name);
  return {
    ...given,
    kind: given.kind === "plain" && exported.has(name) ? "export" : given.kind,
    ...(variable && { variable }),
    spelling: spellingOf(name),
    conditional: isConditional(given.command),
  };
}

function isExport(program: string, args: readonly ShellWord[]): boolean {
  if (program === "export") return true;
  return /^(?:declare|typeset)$/.test(program) && args.some((word) => /^-[a-z]*x/.test(word.text.text));
}

function operands(args: readonly ShellWord[]): readonly ShellWord[] {
  return args.filter((word) => !/^-/.test(word.text.text));
}

function spanOf(command: Command, word: ShellWord): Span {
  return command.source.toSource(word.span);
}

function named(command: Command, word: ShellWord) {
  const equals = word.text.text.indexOf("=");
  const name = word.text.slice(0, equals);
  return { command, name, value: word.text.slice(equals + 1), span: spanOf(command, word) };
}

/**
 * The environments that a script makes: what it exports for good; each branch that exports something, on top of that; each
 * command that is given variables of its own. A variable that is exported again, or unset, begins a new one.
 * @param label the runner's or the job's name
 */
export function scriptScopes(script: Script, label: string): readonly Scope[] {
  const { changes, exported } = readChanges(script);
  const builder = new ScopeBuilder(script, label);
  for (const { given, unset } of changes) {
    if (unset) builder.begin();
    else builder.add(toAssignment(given, exported));
  }
  return builder.scopes;
}

interface OpenScope extends Scope {
  readonly assignments: ScriptAssignment[];
}

class ScopeBuilder {
  readonly scopes: OpenScope[] = [];
  private main: OpenScope | undefined;
  private readonly branches = new Map<Block | Command, OpenScope>();

  constructor(
    private readonly script: Script,
    private readonly label: string,
  ) {}

  begin(): void {
    this.main = undefined;
    this.branches.clear();
  }

  add(assignment: ScriptAssignment): void {
    if (assignment.kind === "plain") return;
    const { command } = assignment;
    const aside = assignment.kind === "prefix" || !lasts(command) || assignment.conditional;
    if (!aside) {
      if (this.main?.assignments.some((other) => other.name.text === assignment.name.text)) this.main = undefined;
      this.main ??= this.open(assignment, this.script.scope);
      this.main.assignments.push(assignment);
      return;
    }
    const key = assignment.kind === "prefix" || !command.block.conditional ? command : command.block;
    const known = this.branches.get(key);
    const again = known?.assignments.some((other) => other.name.text === assignment.name.text);
    const scope = known && !again ? known : this.open(assignment, this.main ?? this.script.scope);
    this.branches.set(key, scope);
    scope.assignments.push(assignment);
  }

  private open(first: ScriptAssignment, inherits: Scope | undefined): OpenScope {
    const { script } = this;
    const container = script.scope?.container;
    const scope: OpenScope = {
      kind: "script",
      id: `${script.group}/${script.key}[${this.scopes.length}]`,
      label: this.label,
      span: first.span,
      readers: [script.place],
      container,
      assignments: [],
      ...(inherits && { inherits }),
      open: true,
    };
    this.scopes.push(scope);
    return scope;
  }
}
