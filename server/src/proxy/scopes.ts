import { pathOf } from "../text/uri.js";
import type { Assignment, ProxySettings, Scope } from "./settings.js";
import { holdsAddress, type ProxyVariable } from "./variables.js";

/** What the rules see of a document when they look across a host. */
export interface WithSettings {
  readonly uri: string;
  readonly settings: ProxySettings;
}

/** A scope's own assignments and those that it inherits, the nearest first. An inherited one may be overridden. */
export function withInherited(scope: Scope): readonly Assignment[] {
  const all: Assignment[] = [];
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    for (const assignment of at.assignments) all.push(assignment);
  }
  return all;
}

/** The assignment of exactly this name that counts in the scope: its own last one, or the nearest inherited one. */
export function assignmentOf(scope: Scope, name: string): Assignment | undefined {
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    const found = at.assignments.findLast((assignment) => assignment.name.text === name);
    if (found) return found;
  }
  return undefined;
}

/** Whether the other scope's assignments reach the scope, overridden or not. */
export function inheritsFrom(scope: Scope, other: Scope): boolean {
  for (let at = scope.inherits; at; at = at.inherits) if (at.id === other.id) return true;
  return false;
}

/** The scope's own assignments of one proxy variable, in any spelling. */
export function assignmentsOf(scope: Scope, variable: ProxyVariable): readonly Assignment[] {
  return scope.assignments.filter((assignment) => assignment.variable === variable);
}

/** The scope's own assignments that hold the address of a proxy. */
export function addressesOf(scope: Scope): readonly Assignment[] {
  return scope.assignments.filter(({ variable }) => variable !== undefined && holdsAddress(variable));
}

/**
 * The scopes that make one environment together with this one: what it inherits, and for a systemd unit the parts in
 * the unit's other files on the host (drop-ins add up). The scope itself comes first.
 */
export function environmentOf(scope: Scope, host: readonly WithSettings[]): readonly Scope[] {
  const parts: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.inherits) parts.push(at);
  if (scope.kind !== "unit" || scope.label === "") return parts;
  const own = host.find(({ settings }) => settings.scopes.includes(scope));
  for (const document of host) {
    if (own && isOfUser(document) !== isOfUser(own)) continue;
    for (const other of document.settings.scopes) {
      if (other !== scope && other.kind === "unit" && isOf(other.label, scope.label)) parts.push(other);
    }
  }
  return parts;
}

/** Whether a file is of a user's own services, as rootless Docker is: their units and those of the system never mix. */
export function isOfUser({ uri }: Pick<WithSettings, "uri">): boolean {
  return /\/(?:systemd\/user|\.config\/docker)\//.test(`/${pathOf(uri)}`);
}

function isOf(label: string, unit: string): boolean {
  return label === unit || isSharedBy(label, unit);
}

/** Whether a drop-in for several units is one of this unit's, too (systemd.unit(5): `foo-.service.d`, `service.d`). */
export function isSharedBy(shared: string, unit: string): boolean {
  const dash = shared.lastIndexOf("-.");
  if (dash < 0) return unit.endsWith(`.${shared}`);
  return unit.startsWith(shared.slice(0, dash + 1)) && unit.endsWith(shared.slice(dash + 1));
}

/** Whether any part of an environment sets the variable, in a spelling that `counts`, to a value that is not empty. */
export function sets(
  parts: readonly Scope[],
  variable: ProxyVariable,
  counts: (assignment: Assignment) => boolean = () => true,
): boolean {
  return parts.some((part) => assignmentsOf(part, variable).some(counts));
}
