import type { Script } from "../../proxy/settings.js";
import { type Expansion, hasDefault, setsDefault } from "../../quoting/shell.js";
import type { Span } from "../../text/span.js";
import type { Command } from "../command.js";
import { invocation } from "../program.js";
import { eachExpansion } from "../read.js";
import { ownCommands } from "../script.js";

/** A variable that a script expands. */
export interface VariableReference {
  readonly name: string;
  /** The expansion in the document, `$` included. */
  readonly span: Span;
  /** The name in the document. */
  readonly nameSpan: Span;
  readonly command: Command;
  /** `${X:-…}`, `${X+…}` and the like: that it may be unset is provided for. */
  readonly hasDefault: boolean;
  /** The script asks first whether it is set (`[ -n "$X" ]`, `if [ "$X" ]`), here or before. */
  readonly tested: boolean;
  /** An earlier command of the shell may have given it a value: an assignment, `read`, `for`, or a file that it sources. */
  readonly mayBeSet: boolean;
}

/**
 * Every named variable that the script's own shell expands. Positional and special parameters are left out.
 * @param earlier the scripts that the same shell has run before
 */
export function variableReferences(script: Script, earlier: readonly Script[] = []): readonly VariableReference[] {
  const known = new Known();
  for (const command of earlier.flatMap(ownCommands)) known.learn(command);
  const found: VariableReference[] = [];
  for (const command of ownCommands(script)) {
    const isTest = known.isTest(command);
    eachExpansion(command, (expansion) => {
      const reference = referenceOf(command, expansion);
      if (!reference) return;
      const { name } = reference;
      if (isTest) known.tested.add(name);
      found.push({ ...reference, tested: known.tested.has(name), mayBeSet: known.all || known.names.has(name) });
      if (setsDefault(expansion)) known.names.add(name);
    });
    known.learn(command);
  }
  return found;
}

function referenceOf(command: Command, expansion: Expansion) {
  const { name, nameSpan, span } = expansion;
  if (name === undefined || !nameSpan || !/^[A-Za-z_]/.test(name)) return undefined;
  const { source } = command;
  return {
    name,
    command,
    span: source.toSource(span),
    nameSpan: source.toSource(nameSpan),
    hasDefault: hasDefault(expansion),
  };
}

class Known {
  readonly names = new Set<string>();
  readonly tested = new Set<string>();
  /** A file was sourced, or a text evaluated: it may have set anything. */
  all = false;

  isTest(command: Command): boolean {
    const first = command.words[0]?.text.text;
    return first === "[" || first === "[[" || first === "test" || first === "case";
  }

  learn(command: Command): void {
    for (const assignment of command.assignments) this.names.add(assignment.name.text);
    const first = command.words[0]?.text.text;
    if (command.header && (first === "for" || first === "select")) this.names.add(command.words[1]?.text.text ?? "");
    const call = invocation(command);
    if (!call) return;
    switch (call.name) {
      case ".":
      case "source":
      case "eval":
      case "set":
        this.all ||= call.name !== "set" || call.args.some((word) => /^-a$|^allexport$/.test(word.text.text));
        return;
      case "export":
      case "readonly":
      case "local":
      case "declare":
      case "typeset":
        for (const { text } of call.args)
          if (text.text.includes("=")) this.names.add(text.text.replace(/\+?=.*$/s, ""));
        return;
      case "read":
      case "mapfile":
      case "readarray":
      case "getopts":
        for (const { text } of call.args) this.names.add(text.text);
        return;
      case "printf":
        if (call.args[0]?.text.text === "-v") this.names.add(call.args[1]?.text.text ?? "");
    }
  }
}
