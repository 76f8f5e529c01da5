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

/** What a script assigns, in the order of the text. */
export function scriptAssignments(script: Script): ScriptAssignments {
  const given: Given[] = [];
  const unsets: ScriptUnset[] = [];
  const exported = new Set<string>();
  for (let scope = script.scope; scope; scope = scope.inherits) {
    for (const assignment of scope.assignments) exported.add(assignment.name.text);
  }
  for (const command of ownCommands(script)) {
    const call = invocation(command);
    const prefix = command.words.length > 0;
    for (const { name, value, word } of command.assignments) {
      given.push({ command, name, value, span: spanOf(command, word), kind: prefix ? "prefix" : "plain" });
    }
    if (!call) continue;
    for (const word of call.environment) given.push({ ...named(command, word), kind: "prefix" });
    if (call.name === "unset") for (const word of operands(call.args)) unsets.push({ command, name: word.text });
    if (!isExport(call.name, call.args)) continue;
    const takesAway = call.args.some((word) => word.text.text === "-n");
    for (const word of operands(call.args)) {
      if (takesAway) unsets.push({ command, name: word.text });
      else if (word.text.text.includes("=")) given.push({ ...named(command, word), kind: "export" });
      else exported.add(word.text.text);
    }
  }
  const assignments = given.map((one): ScriptAssignment => {
    const name = one.name.text;
    const variable = variableOf(name);
    return {
      ...one,
      kind: one.kind === "plain" && exported.has(name) ? "export" : one.kind,
      ...(variable && { variable }),
      spelling: spellingOf(name),
      conditional: isConditional(one.command),
    };
  });
  return { assignments, unsets };
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
  const { assignments, unsets } = scriptAssignments(script);
  const builder = new ScopeBuilder(script, label);
  const events = [
    ...assignments.map((assignment) => ({ at: assignment.span.start, assignment, unset: undefined })),
    ...unsets.map((unset) => ({ at: unset.name.contentSpan.start, assignment: undefined, unset })),
  ].sort((a, b) => a.at - b.at);
  for (const { assignment, unset } of events) {
    if (unset) builder.begin();
    else if (assignment) builder.add(assignment);
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
