import type { Assignment, Scope } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import { type Hole, templateHoles } from "../text/template.js";
import type { Rule } from "./rule.js";

export const proxyVariableDuplicate: Rule = {
  id: "proxy-variable-duplicate",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A proxy variable is set twice in one place; only the last one counts." },
  check(context) {
    // Between them stands an `{% else %}` or the like: only one of the two may come into the file.
    const tags = context.tree.template ? controls(context.text) : undefined;
    for (const scope of context.settings.scopes) {
      if (scope.kind === "script") continue;
      const last = new Map<string, Assignment>();
      for (const assignment of scope.assignments) {
        if (assignment.variable && !assignment.dropped) last.set(key(scope, assignment), assignment);
      }
      for (const assignment of scope.assignments) {
        const winner = last.get(key(scope, assignment));
        if (!assignment.variable || !winner || winner.span.start <= assignment.span.start) continue;
        if (tags?.some(({ start }) => start > assignment.span.start && start < winner.span.start)) continue;
        context.report({
          span: assignment.span,
          message: msg(
            "{0} is set again below, and the last one counts: this one has no effect.",
            assignment.name.text,
          ),
          related: [{ span: winner.span, message: msg("This one counts.") }],
          unnecessary: true,
          fixes: () => {
            const edits = context.removeAssignment(scope, assignment);
            return edits ? [{ title: msg("Remove this {0}", assignment.name.text), edits, safe: false }] : [];
          },
        });
      }
    }
  },
};

function controls(text: string): readonly Hole[] {
  return templateHoles(text, { braces: false }).filter(
    (hole) => hole.kind === "control" && !text.startsWith("{#", hole.start),
  );
}

/** Docker's JSON takes a key in any letter case; a variable's name is exact. */
function key(scope: Scope, { name, variable }: Assignment): string {
  return scope.kind === "docker-client" || scope.kind === "docker-daemon" ? (variable ?? name.text) : name.text;
}
