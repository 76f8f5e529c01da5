import { isEnvironmentKey } from "../formats/systemd-dropin/environment.js";
import type { Directive, Section, SystemdDropinTree } from "../formats/systemd-dropin/tree.js";
import { lineEndingOf } from "../text/eol.js";
import { type Message, msg } from "../text/message.js";
import { nearest } from "../text/nearest.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";

export const systemdSectionMissing: Rule = {
  id: "systemd-section-missing",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "`Environment=` that systemd ignores: not in [Service], misspelt or in the wrong letter case." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin") return;
    const told = new Set<Section | undefined>();
    for (const directive of tree.environment.directives) {
      const { section } = directive;
      if (section?.kind === "Service") {
        checkKey(context, directive);
        continue;
      }
      if (section?.kind === "other" || section?.kind === "private" || told.has(section)) continue;
      told.add(section);
      if (section === undefined) reportNoSection(context, tree, directive);
      else if (section.kind === "unknown") reportUnknown(context, section);
      else reportWrong(context, tree, section, directive);
    }
    for (const directive of misspelt(context.text, tree)) {
      reportKey(context, directive, msg("systemd knows no {0}: it is Environment.", directive.key));
    }
  },
};

function checkKey(context: RuleContext, directive: Directive): void {
  if (directive.key === "Environment") return;
  reportKey(context, directive, msg("systemd ignores {0}: letter case counts, it is Environment.", directive.key));
}

/** Lines of [Service] that set a proxy variable under a key like `Enviroment`. */
function misspelt(text: string, tree: SystemdDropinTree): readonly Directive[] {
  const sets = /^["']?\w+_proxy\w*=/i;
  // Read in full where there may be one alone: most files are of Environment= lines.
  if (!/^[ \t]*(?!Environment[ \t]*=)E\w+[ \t]*=[ \t]*["']?\w+_proxy\w*=/im.test(text)) return [];
  return tree.directives.filter(({ key, value, section, read }) => {
    const meant = !isEnvironmentKey(key) && nearest(key, ["Environment", "EnvironmentFile"]) === "Environment";
    return read && section?.kind === "Service" && meant && sets.test(value.text);
  });
}

function reportKey(context: RuleContext, directive: Directive, message: Message): void {
  context.report({
    span: directive.keySpan,
    message,
    fixes: [
      {
        title: msg("Rename to {0}", "Environment"),
        edits: [{ span: directive.keySpan, newText: "Environment" }],
        safe: true,
      },
    ],
  });
}

function reportUnknown(context: RuleContext, section: Section): void {
  const meant = nearest(section.name, ["Service", "Unit", "Install"]) === "Service";
  context.report({
    span: section.span,
    message: meant
      ? msg("systemd ignores the section [{0}] and all in it: it is [Service].", section.name)
      : msg("systemd ignores the section [{0}] and all in it: Environment= belongs into [Service].", section.name),
    ...(meant && {
      fixes: [
        {
          title: msg("Rename to {0}", "[Service]"),
          edits: [{ span: section.nameSpan, newText: "Service" }],
          safe: true,
        },
      ],
    }),
  });
}

function reportNoSection(context: RuleContext, tree: SystemdDropinTree, directive: Directive): void {
  // The lines of a fragment get their section where it is put in.
  if (tree.template) return;
  // A header that systemd cannot read ends the file for it: that is told where it stands.
  const isHeader = ({ span }: { readonly span: Span }) => context.text.charAt(span.start) === "[";
  if (tree.problems.some((problem) => isHeader(problem) && problem.span.start < directive.keySpan.start)) return;
  context.report({
    span: directive.keySpan,
    message: msg("systemd ignores Environment= before any section: it belongs into [Service]."),
    fixes: [{ title: msg("Add {0}", "[Service]"), edits: headerBefore(context, directive), safe: true }],
  });
}

function reportWrong(context: RuleContext, tree: SystemdDropinTree, section: Section, directive: Directive): void {
  const after = tree.directives.slice(tree.directives.indexOf(directive));
  const ends = after.every((d) => d.section !== section || isEnvironmentKey(d.key));
  context.report({
    span: directive.keySpan,
    message: msg("systemd ignores Environment= in [{0}]: it belongs into [Service].", section.name),
    ...(ends && {
      fixes: [{ title: msg("Add {0}", "[Service]"), edits: headerBefore(context, directive), safe: true }],
    }),
  });
}

function headerBefore(context: RuleContext, { whole }: Directive): readonly TextEdit[] {
  const at = { start: whole.start, end: whole.start };
  return [{ span: at, newText: `[Service]${lineEndingOf(context.text)}` }];
}
