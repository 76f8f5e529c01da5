import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import type { CntlmValueKind } from "../formats/cntlm-conf/options.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

/** Values that may hold a `#`. No address, port, hash or method does: there it begins a comment. */
const freeText: readonly CntlmValueKind[] = ["text", "secret", "account", "header"];
/** Values that may hold a blank before `#` as well. */
const withBlanks: readonly string[] = ["Password", "Username"];

export const cntlmHashTruncates: Rule = {
  id: "cntlm-hash-truncates",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "`#` inside an unquoted value: cntlm takes the rest for a comment." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      if (!option.kind || !freeText.includes(option.kind.value) || option.value.hasUnknown()) continue;
      const mayFollowBlank = withBlanks.includes(option.kind.name);
      const fault = option.faults.find(
        ({ kind, span }) =>
          kind === "hash-in-word" ||
          // A # between blanks is a comment, as people write them.
          (kind === "hash-after-blank" && mayFollowBlank && /^#[^\s#]/.test(context.text.slice(span.start, span.end))),
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
