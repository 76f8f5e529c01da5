import type { ProxySettings, Scope } from "../../proxy/settings.js";

/** The scopes that add to the global variables of a pipeline: its jobs'. None for a scope of another kind. */
export function heirsOf(scope: Scope, { scopes }: ProxySettings): readonly Scope[] {
  if (scope.kind !== "ci-global") return [];
  return scopes.filter((other) => {
    for (let at = other.inherits; at; at = at.inherits) if (at.id === scope.id) return true;
    return false;
  });
}
