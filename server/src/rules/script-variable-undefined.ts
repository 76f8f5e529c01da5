import { completeValues } from "../generate/values.js";
import { addressesOf, assignmentOf, withInherited } from "../proxy/scopes.js";
import type { Scope, Script } from "../proxy/settings.js";
import { nameIn, type ProxyVariable, spellingOf, variableOf } from "../proxy/variables.js";
import { type VariableReference, variableReferences } from "../shell/facts/references.js";
import { earlierScripts } from "../shell/script.js";
import { msg } from "../text/message.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";
import { once } from "./support/once.js";

export const scriptVariableUndefined: Rule = {
  id: "script-variable-undefined",
  severity: "warning",
  formats: ["runner-toml"],
  docs: { summary: "A script expands a proxy variable that `environment` of its runner does not set." },
  host: true,
  check(context) {
    const { scripts } = context.settings;
    const first = once();
    for (const script of scripts) {
      const { scope } = script;
      // With no proxy in it at all, the variables come from somewhere else.
      if (!scope || scope.open || addressesOf(scope).length === 0) continue;
      for (const reference of variableReferences(script, earlierScripts(script, scripts))) {
        const { name, span, hasDefault, tested, mayBeSet } = reference;
        const variable = variableOf(name);
        if (!variable || hasDefault || tested || mayBeSet || assignmentOf(scope, name)) continue;
        if (isSetByJobs(context, name) || !first(span)) continue;
        const fix = fixOf(context, script, scope, reference, variable);
        const other = otherCase(scope, variable);
        context.report({
          span,
          message: other
            ? msg("environment sets {0}, not {1}: the shell puts nothing here.", other, name)
            : msg("environment does not set {0}: the shell puts nothing here.", name),
          ...(fix && { fixes: [fix] }),
        });
      }
    }
  },
};

/** A pipeline of the same host gives its jobs the variable. */
function isSetByJobs({ host }: RuleContext, name: string): boolean {
  return host.some(({ settings }) =>
    settings.scopes.some(
      (scope) =>
        (scope.kind === "ci-global" || scope.kind === "ci-job") &&
        scope.assignments.some((assignment) => assignment.name.text === name),
    ),
  );
}

/** The name under which the scope sets the variable. */
function otherCase(scope: Scope, variable: ProxyVariable): string | undefined {
  const names = [variable, variable.toUpperCase()];
  return withInherited(scope).find(({ name }) => names.includes(name.text))?.name.text;
}

function fixOf(
  context: RuleContext,
  script: Script,
  scope: Scope,
  { name, nameSpan }: VariableReference,
  variable: ProxyVariable,
): ReportedFix | undefined {
  const other = otherCase(scope, variable);
  if (other !== undefined && context.text.slice(nameSpan.start, nameSpan.end) === name) {
    return {
      title: msg("Use {0}", other),
      edits: [{ span: nameSpan, newText: other }],
      safe: true,
    };
  }
  const value = valueFor(scope, variable);
  const spelling = spellingOf(name);
  const wanted = spelling === "mixed" ? undefined : nameIn(variable, spelling);
  if (wanted === undefined || value === undefined || script.scope !== scope) return undefined;
  const edits = context.addAssignment(scope, wanted, value);
  return edits && { title: msg("Add {0} to environment", wanted), edits, safe: true, adds: true };
}

/** What every bypass list of a job with dind needs, or the address that the other kind of URL has. */
function valueFor(scope: Scope, variable: ProxyVariable): string | undefined {
  if (variable === "no_proxy") return completeValues({}, "").noProxy;
  if (variable !== "http_proxy" && variable !== "https_proxy") return undefined;
  const known = addressesOf(scope).find(({ value, variable: other }) => {
    return (other === "http_proxy" || other === "https_proxy") && !value.hasUnknown() && value.text !== "";
  });
  return known?.value.text;
}
