import type { EnvironmentWord } from "../formats/systemd-dropin/tree.js";
import { quoteSystemdWord } from "../quoting/systemd.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";

export const systemdExport: Rule = {
  id: "systemd-export",
  severity: "warning",
  formats: ["systemd-dropin"],
  docs: { summary: "A line of shell in a unit file, or `export` in Environment=." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin") return;
    for (const { directive, name, value } of tree.shellLines) {
      const known = !name.hasUnknown() && !value.hasUnknown();
      const quoted = known ? quoteSystemdWord(`${name.text}=${value.text}`) : undefined;
      context.report({
        span: directive.span,
        message: msg("systemd runs no shell here and ignores the line: a variable is set with Environment=."),
        ...(quoted !== undefined && {
          fixes: [
            {
              title: msg("Write {0}", "Environment="),
              edits: [{ span: directive.span, newText: `Environment=${quoted}` }],
              safe: true,
            },
          ],
        }),
      });
    }
    reportWords(context);
  },
};

/** `Environment=export NAME=value`: the word is dropped, the assignment behind it counts. */
function reportWords(context: RuleContext): void {
  if (context.tree.format !== "systemd-dropin") return;
  const { words } = context.tree.environment;
  words.forEach((word, i) => {
    reportQuoted(context, word);
    const fault = word.faults.find(({ kind }) => kind === "export");
    if (!fault) return;
    const next = words[i + 1];
    const end = next?.directive === word.directive ? next.span.start : word.span.end;
    context.report({
      span: fault.span,
      message: msg("export is a word of the shell: systemd drops it with a warning."),
      fixes: [
        {
          title: msg("Remove {0}", "export"),
          edits: [{ span: { start: word.span.start, end }, newText: "" }],
          safe: true,
        },
      ],
    });
  });
}

/** `Environment="export NAME=value"`: systemd takes `export NAME` for the name, and drops the assignment. */
function reportQuoted(context: RuleContext, { state, name }: EnvironmentWord): void {
  const prefix = state === "dropped" && name ? /^export[ \t]+(?=[A-Za-z_]\w*$)/.exec(name.text)?.[0] : undefined;
  if (!name || prefix === undefined) return;
  const span = { start: 0, end: prefix.length };
  const edits = name.replace(span, "");
  context.report({
    span: name.toSource({ start: 0, end: "export".length }),
    message: msg("export is a word of the shell: systemd drops the assignment."),
    ...(edits && { fixes: [{ title: msg("Remove {0}", "export"), edits, safe: true }] }),
  });
}
