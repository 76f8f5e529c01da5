import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const systemdTypographicQuote: Rule = {
  id: "systemd-typographic-quote",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "Typographic quotes in the place of \" or ', which systemd takes for letters." },
  check(context) {
    if (context.tree.format !== "systemd-dropin") return;
    for (const { faults } of context.tree.environment.words) {
      const quotes = faults.filter(({ kind }) => kind === "typographic-quote");
      const [first] = quotes;
      if (!first) continue;
      const edits = quotes.map(({ span }) => {
        const single = /[\u2018-\u201b\u2032]/.test(context.text.slice(span.start, span.end));
        return { span, newText: single ? "'" : '"' };
      });
      context.report({
        span: first.span,
        message: msg(
          "systemd takes {0} for a letter: it knows \" and ' alone.",
          context.text.slice(first.span.start, first.span.end),
        ),
        fixes: [{ title: msg("Write plain quotes"), edits, safe: true }],
      });
    }
  },
};
