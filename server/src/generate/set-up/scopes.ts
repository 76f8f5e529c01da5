import type { AnyFormat } from "../../formats/index.js";
import type { Scope } from "../../proxy/settings.js";
import { holdsAddress, type ProxyVariable, proxyVariables, variableOf } from "../../proxy/variables.js";
import { applyEdits } from "../../text/span.js";
import { Document } from "../../workspace/document.js";
import { bothCases } from "../snippets.js";
import type { ProxyValues } from "../values.js";

/** The values that take the place of others. A list that was not asked for takes no other's place. */
export type WantedValues = Pick<ProxyValues, "httpProxy" | "httpsProxy"> & Partial<Pick<ProxyValues, "noProxy">>;

/** The document's text with the values in every scope of a kind, what is missing added from `complete`. */
export function withScopes(
  document: Document,
  wanted: WantedValues,
  complete: ProxyValues,
  kind: Scope["kind"],
): string {
  let current = document;
  for (const id of idsOf(document, [kind])) current = added(changed(current, id, wanted), id, complete);
  return current.text;
}

/** The document's text with the values wherever scopes of the kinds have others. */
export function withChanged(document: Document, values: WantedValues, kinds: readonly Scope["kind"][]): string {
  let current = document;
  for (const id of idsOf(document, kinds)) current = changed(current, id, values);
  return current.text;
}

function idsOf({ settings }: Document, kinds: readonly Scope["kind"][]): readonly string[] {
  return settings.scopes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
}

function scopeOf({ settings }: Document, id: string): Scope | undefined {
  return settings.scopes.find((scope) => scope.id === id);
}

function edited(document: Document, edits: ReturnType<AnyFormat["addAssignment"]>): Document {
  if (!edits) return document;
  return new Document(document.uri, applyEdits(document.text, edits), document.version, document.format);
}

/** What another tool fills in stays; a proxy by another name (all_proxy) is none of ours. */
function changed(document: Document, id: string, values: WantedValues): Document {
  let current = document;
  for (const variable of proxyVariables) {
    const wanted = wantedOf(variable, values);
    const count = scopeOf(current, id)?.assignments.length ?? 0;
    for (let index = 0; index < count && wanted !== undefined; index++) {
      const assignment = scopeOf(current, id)?.assignments[index];
      if (assignment?.variable !== variable || assignment.value.hasUnknown() || assignment.external) continue;
      if (assignment.value.text === wanted) continue;
      current = edited(current, assignment.value.replace({ start: 0, end: assignment.value.text.length }, wanted));
    }
  }
  return current;
}

function added(document: Document, id: string, values: ProxyValues): Document {
  let current = document;
  const unit = scopeOf(document, id)?.kind === "unit";
  for (const [name, value] of bothCases(values)) {
    const scope = scopeOf(current, id);
    // Go reads both letter cases, and one is enough for the services.
    if (!scope || (unit && scope.assignments.some((one) => one.variable === variableOf(name)))) continue;
    if (unit && name !== name.toUpperCase()) continue;
    if (scope.assignments.some((one) => one.name.text === name)) continue;
    const next = edited(current, current.format.addAssignment(current.tree, scope, name, value));
    // UnsetEnvironment= takes back whatever is added.
    if (scopeOf(next, id)?.assignments.some((one) => one.name.text === name)) current = next;
  }
  return current;
}

function wantedOf(variable: ProxyVariable, { httpProxy, httpsProxy, noProxy }: WantedValues): string | undefined {
  if (!holdsAddress(variable)) return noProxy;
  return variable === "http_proxy" ? httpProxy : variable === "https_proxy" ? httpsProxy : undefined;
}
