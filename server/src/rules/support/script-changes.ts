import type { Scope, Script } from "../../proxy/settings.js";
import { scriptAssignments } from "../../shell/facts/assignments.js";

/** Whether a script of this environment sets or unsets a proxy variable: what its programs then see is not judged. */
export function scriptsChangeProxy(scripts: readonly Script[], scope: Scope): boolean {
  return scripts.some((script) => {
    if (!isBelow(script.scope, scope) || !script.texts.some(({ text }) => /_proxy/i.test(text))) return false;
    const { assignments, unsets } = scriptAssignments(script);
    return (
      assignments.some(({ variable, kind }) => variable !== undefined && kind !== "prefix") ||
      unsets.some(({ name }) => /_proxy$/i.test(name.text))
    );
  });
}

function isBelow(start: Scope | undefined, wanted: Scope): boolean {
  for (let scope = start; scope; scope = scope.inherits) if (scope.id === wanted.id) return true;
  return false;
}
