import { inheritsFrom } from "../../proxy/scopes.js";
import type { ProxySettings, Scope } from "../../proxy/settings.js";

/** The scopes that add to the global variables of a pipeline: its jobs'. None for a scope of another kind. */
export function heirsOf(scope: Scope, { scopes }: ProxySettings): readonly Scope[] {
  if (scope.kind !== "ci-global") return [];
  return scopes.filter((other) => inheritsFrom(other, scope));
}

const varying = new WeakMap<ProxySettings, readonly Scope[]>();

/** The names of variables that a scope, or a job that takes it over, has other values for in some runs. */
export function variedIn(scope: Scope, settings: ProxySettings): readonly string[] {
  let jobs = varying.get(settings);
  if (!jobs) {
    // A job without variables of its own shows in its scripts alone.
    const all = [...settings.scopes, ...settings.scripts.flatMap((script) => script.scope ?? [])];
    jobs = [...new Set(all)].filter(({ varied }) => varied);
    varying.set(settings, jobs);
  }
  return jobs.filter((job) => job.id === scope.id || inheritsFrom(job, scope)).flatMap(({ varied }) => varied ?? []);
}
