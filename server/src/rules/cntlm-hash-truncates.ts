import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

/** Values that may hold a blank before `#`: there a comment is as likely as not, elsewhere it surely is one. */
const freeText: readonly string[] = ["Password", "Username"];

export const cntlmHashTruncates: Rule = {
  id: "cntlm-hash-truncates",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "`#` inside an unquoted value: cntlm takes the rest for a comment." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      if (!option.kind || option.value.hasUnknown()) continue;
      const fault = option.faults.find(
        ({ kind }) =>
          kind === "hash-in-word" || (kind === "hash-after-blank" && freeText.includes(option.kind?.name ?? "")),
      );
      if (!fault) continue;
      const meant = context.text.slice(option.raw.start, fault.span.end);
      const { form, separator, raw } = option;
      const edits = setCntlmValue({ form, separator, raw: { start: raw.start, end: fault.span.end } }, meant);
      const secret = option.kind.value === "secret";
      context.report({
        span: fault.span,
        message: msg(
          "cntlm takes # for the begin of a comment: {0} ends before it. Double quotes keep it.",
          option.name,
        ),
        ...(edits && {
          fixes: [{ title: msg("Put double quotes around it"), edits, safe: !secret && fault.kind === "hash-in-word" }],
        }),
      });
    }
  },
};
