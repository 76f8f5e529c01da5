import { type ClientName, labelsOf } from "../proxy/clients.js";
import { clientsOf, jobReads } from "../proxy/readers.js";
import { withInherited } from "../proxy/scopes.js";
import { nameIn, type ProxyVariable } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { heirsOf, variedIn } from "./support/heirs.js";

/** Who reads only the lower-case name (measured; docs/clients.md). */
const deafToUpper: Readonly<Partial<Record<ProxyVariable, readonly ClientName[]>>> = {
  http_proxy: ["curl", "wget", "git"],
  https_proxy: ["wget"],
  no_proxy: ["wget"],
};

export const proxyCaseMissing: Rule = {
  id: "proxy-case-missing",
  severity: "warning",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "A proxy variable of a job is set in one letter case only." },
  check(context) {
    for (const scope of context.settings.scopes) {
      if (
        !jobReads(scope) ||
        scope.windows ||
        (scope.kind !== "runner-environment" && scope.kind !== "ci-global" && scope.kind !== "ci-job")
      ) {
        continue;
      }
      const all = [...withInherited(scope), ...heirsOf(scope, context.settings).flatMap((heir) => heir.assignments)];
      const names = new Set(all.flatMap(({ name, value }) => [name.text.trim(), ...passedOn(value.text)]));
      for (const name of variedIn(scope, context.settings)) names.add(name);
      for (const assignment of scope.assignments) {
        const { variable, spelling } = assignment;
        if (!variable || (spelling !== "upper" && spelling !== "lower") || assignment.external) continue;
        if (assignment.value.text === "") continue;
        const wanted = nameIn(variable, spelling === "upper" ? "lower" : "upper");
        const clients = clientsOf(scope);
        const deaf = deafToUpper[variable]?.filter((client) => clients.includes(client)) ?? [];
        if (wanted === undefined || names.has(wanted) || deaf.length === 0) continue;
        names.add(wanted);
        const edits = assignment.value.hasUnknown()
          ? undefined
          : context.addAssignment(scope, wanted, assignment.value.text);
        context.report({
          span: assignment.name.contentSpan,
          message:
            spelling === "upper"
              ? msg("{0} is not read by {1}: set {2} as well.", assignment.name.text, labelsOf(deaf), wanted)
              : msg("Programs that read only {0} do not see {1}.", wanted, assignment.name.text),
          ...(spelling === "lower" && { severity: "hint" as const }),
          // Lower case alone needs nothing: it is for the user to say.
          ...(edits && {
            fixes: [
              { title: msg("Add {0} with the same value", wanted), edits, safe: spelling === "upper", adds: true },
            ],
          }),
        });
      }
    }
  },
};

/**
 * The names that a value hands on whole, `$HTTP_PROXY` or `${HTTP_PROXY}`: they come from outside, and who sets one there may
 * have set it in both letter cases.
 */
function passedOn(value: string): readonly string[] {
  const name = /^\s*\$(?:\{(\w+)\}|(\w+))\s*$/.exec(value);
  const referred = name?.[1] ?? name?.[2];
  return referred === undefined ? [] : [referred.toUpperCase(), referred.toLowerCase()];
}
