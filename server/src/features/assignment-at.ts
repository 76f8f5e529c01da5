import type { Assignment, Scope, Script } from "../proxy/settings.js";
import { scriptScopes } from "../shell/facts/assignments.js";
import type { MappedText } from "../text/mapped-text.js";
import { touches } from "../text/span.js";
import type { Document } from "../workspace/document.js";

/** An assignment that an offset of the document is in. */
export interface AssignmentAt {
  readonly scope: Scope;
  readonly assignment: Assignment;
  /** The offset in the assignment's value; undefined where it is not in it. */
  readonly inValue: number | undefined;
}

/** A script's text that an offset of the document is in. */
export interface ScriptAt {
  readonly script: Script;
  readonly text: MappedText;
  /** The offset in `text`. */
  readonly at: number;
}

/** The assignment at an offset, in an environment or in what a script exports. */
export function assignmentAt({ settings }: Document, offset: number): AssignmentAt | undefined {
  return inScopes(settings.scopes, offset);
}

export function scriptAt({ settings }: Document, offset: number): ScriptAt | undefined {
  for (const script of settings.scripts) {
    for (const text of script.texts) {
      if (!touches(text.sourceSpan, offset)) continue;
      const at = text.fromSource(offset);
      if (at !== undefined) return { script, text, at };
    }
  }
  return undefined;
}

/** The assignment of a script at an offset of the document. */
export function scriptAssignmentAt(script: Script, offset: number): AssignmentAt | undefined {
  return inScopes(scriptScopes(script, script.scope?.label ?? ""), offset);
}

function inScopes(scopes: readonly Scope[], offset: number): AssignmentAt | undefined {
  for (const scope of scopes) {
    for (const assignment of scope.assignments) {
      if (!touches(assignment.span, offset)) continue;
      return { scope, assignment, inValue: assignment.value.fromSource(offset) };
    }
  }
  return undefined;
}
