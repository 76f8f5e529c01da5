import { formatIds } from "../formats/format.js";
import type { Rule } from "./rule.js";

export const syntaxError: Rule = {
  id: "syntax-error",
  severity: "error",
  formats: formatIds,
  docs: { summary: "Text that the file's own program rejects." },
  check(context) {
    for (const { span, message, repair, severity } of context.tree.problems) {
      context.report({
        span,
        message,
        ...(severity && { severity }),
        ...(repair && { fixes: [{ title: repair.title, edits: repair.edits, safe: true }] }),
      });
    }
  },
};
