import { lineEndingOf } from "../text/eol.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const systemdInlineComment: Rule = {
  id: "systemd-inline-comment",
  severity: "warning",
  formats: ["systemd-dropin"],
  docs: { summary: "A # after the value, which starts no comment in a unit file." },
  check(context) {
    const { tree, text } = context;
    if (tree.format !== "systemd-dropin") return;
    const told = new Set<unknown>();
    for (const { directive, faults } of tree.environment.words) {
      const fault = faults.find(({ kind }) => kind === "comment");
      if (!fault || told.has(directive)) continue;
      told.add(directive);
      const { start } = directive.whole;
      const before = text.slice(start, fault.span.start).trimEnd().length + start;
      const comment = text.slice(fault.span.start, fault.span.end).trimEnd();
      context.report({
        span: fault.span,
        message: msg(
          "systemd knows no comment behind a value: it takes these words for assignments and drops them with a warning each.",
        ),
        ...(!directive.line.continued && {
          fixes: [
            {
              title: msg("Move the comment above the line"),
              edits: [
                { span: { start, end: start }, newText: `${comment}${lineEndingOf(text)}` },
                { span: { start: before, end: fault.span.start + comment.length }, newText: "" },
              ],
              safe: true,
            },
          ],
        }),
      });
    }
  },
};
