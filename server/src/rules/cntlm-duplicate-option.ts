import { deleteCntlmOption } from "../formats/cntlm-conf/edit.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmDuplicateOption: Rule = {
  id: "cntlm-duplicate-option",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "An option given twice that counts once: the first." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      if (option.state !== "duplicate") continue;
      const first = context.tree.option(option.name);
      context.report({
        span: option.span,
        message: msg("cntlm takes the first {0} and ignores this one.", option.name),
        unnecessary: true,
        ...(first && { related: [{ span: first.span, message: msg("This one counts.") }] }),
        fixes: [{ title: msg("Remove this {0}", option.name), edits: deleteCntlmOption(option), safe: false }],
      });
    }
  },
};
