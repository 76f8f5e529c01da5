import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmAssignmentSign: Rule = {
  id: "cntlm-assignment-sign",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "`=` or `:` after an option's name, which becomes part of the value." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      const fault = option.faults.find(({ kind }) => kind === "assignment-sign");
      if (!fault || !option.kind) continue;
      const sign = option.value.text.charAt(0);
      const gap = context.text.slice(option.separator.start, option.separator.end);
      const secret = option.kind.value === "secret";
      // `Password =x`: a password may begin with the sign.
      if (secret && gap !== "" && fault.span.end === option.raw.start + 1) continue;
      context.report({
        span: option.value.toSource({ start: 0, end: 1 }),
        message: msg(
          "cntlm takes {0} for a part of the value: a blank separates {1} from its value.",
          sign,
          option.name,
        ),
        fixes: [{ title: msg("Remove {0}", sign), edits: [{ span: fault.span, newText: gap || " " }], safe: !secret }],
      });
    }
  },
};
