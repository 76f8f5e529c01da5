import type { Scope } from "../../proxy/settings.js";
import { applyEdits } from "../../text/span.js";
import { Document } from "../../workspace/document.js";

/**
 * The document's text with the variables that a scope lacks, each written by the format in the way of the others.
 * @returns undefined where the format has no place for one, or the file takes it back (`UnsetEnvironment=`)
 */
export function withVariables(
  document: Document,
  scope: Scope,
  variables: readonly (readonly [name: string, value: string])[],
): string | undefined {
  let current = document;
  for (const [name, value] of variables) {
    const target = current.settings.scopes.find(({ id }) => id === scope.id);
    if (!target) return undefined;
    if (isThere(target, name)) continue;
    const edits = current.format.addAssignment(current.tree, target, name, value);
    if (!edits) return undefined;
    current = new Document(current.uri, applyEdits(current.text, edits), current.version, current.format);
    const written = current.settings.scopes.find(({ id }) => id === scope.id);
    if (!written || !isThere(written, name)) return undefined;
  }
  return current.text;
}

/** A unit's programs and the docker client take a name in any letter case; programs of a job do not. */
function isThere({ kind, assignments }: Scope, name: string): boolean {
  const anyCase = kind === "unit" || kind === "docker-client";
  const folded = name.toLowerCase();
  return assignments.some(({ name: { text } }) => text === name || (anyCase && text.toLowerCase() === folded));
}
