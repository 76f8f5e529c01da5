import { lineEndingOf } from "../text/eol.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmFinalNewline: Rule = {
  id: "cntlm-final-newline",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "The last line has no line ending: cntlm does not read it." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    const span = context.tree.unreadLine;
    if (!span) return;
    const end = context.text.length;
    context.report({
      span,
      message: msg("cntlm does not read the last line: it has no line ending."),
      fixes: [
        {
          title: msg("Add the line ending"),
          edits: [{ span: { start: end, end }, newText: lineEndingOf(context.text) }],
          safe: true,
        },
      ],
    });
  },
};
