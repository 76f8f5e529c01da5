import { commentCntlmOption } from "../formats/cntlm-conf/edit.js";
import { cntlmForkOptions, cntlmOption, cntlmOptions } from "../formats/cntlm-conf/options.js";
import type { CntlmOption } from "../formats/cntlm-conf/tree.js";
import { msg } from "../text/message.js";
import { nearest } from "../text/nearest.js";
import type { Rule, RuleContext } from "./rule.js";

const knownNames = cntlmOptions.map((option) => option.name);

export const cntlmUnknownOption: Rule = {
  id: "cntlm-unknown-option",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "An option that cntlm ignores." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      if (option.state === "ignored") reportIgnored(context, option);
      else if (option.kind && option.kind.name !== option.name) {
        const edits = [{ span: option.nameSpan, newText: option.kind.name }];
        context.report({
          span: option.nameSpan,
          severity: "hint",
          message: msg("cntlm reads {0} in any letter case; its manual writes {1}.", option.name, option.kind.name),
          fixes: [{ title: msg("Rename to {0}", option.kind.name), edits, safe: true }],
        });
      }
    }
  },
};

function reportIgnored(context: RuleContext, option: CntlmOption): void {
  const comment = { title: msg("Make it a comment"), edits: commentCntlmOption(option), safe: false };
  if (option.name === "") {
    const line = { start: option.line.start, end: option.span.end };
    if (option.line.start === 0 && context.text.startsWith("\uFEFF")) {
      // A comment is none of cntlm's business either way.
      if (/^\uFEFF\s*(?:[#;]|$)/.test(context.text.slice(0, line.end + 1))) return;
      const mark = { start: 0, end: 1 };
      context.report({
        span: line,
        message: msg("cntlm takes the byte-order mark for a part of the first line, and ignores the line."),
        fixes: [{ title: msg("Remove the byte-order mark"), edits: [{ span: mark, newText: "" }], safe: true }],
      });
      return;
    }
    const start = context.text.slice(line.start, line.end).search(/\S/);
    context.report({
      span: { start: line.start + Math.max(0, start), end: line.end },
      message: msg("cntlm takes this line for an unknown option and ignores it: a comment begins with #."),
      fixes: [{ ...comment, safe: true }],
    });
    return;
  }
  const fork = cntlmForkOptions.find(({ name }) => name === cntlmOption(option.name)?.name);
  if (fork) {
    context.report({
      span: option.nameSpan,
      severity: "information",
      message: msg("{0} is an option of {1}; cntlm 0.92.3 ignores it.", fork.name, fork.fork ?? ""),
    });
    return;
  }
  const near = nearest(option.name, knownNames);
  context.report({
    span: option.nameSpan,
    message: near
      ? msg("cntlm ignores {0}, which it does not know: {1} is meant?", option.name, near)
      : msg("cntlm ignores {0}, which it does not know.", option.name),
    fixes: [
      ...(near
        ? [{ title: msg("Rename to {0}", near), edits: [{ span: option.nameSpan, newText: near }], safe: true }]
        : []),
      comment,
    ],
  });
}
