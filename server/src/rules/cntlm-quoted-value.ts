import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import type { CntlmFaultKind, CntlmOption } from "../formats/cntlm-conf/tree.js";
import { type Message, msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";

const messages: Readonly<Partial<Record<CntlmFaultKind, (name: string) => Message>>> = {
  "single-quotes": (name) => msg("cntlm takes the single quotes for a part of {0}: use double quotes or none.", name),
  "unclosed-quote": (name) => msg("The double quote is not closed: cntlm loses {0} without a word.", name),
  "stray-quote": (name) => msg("cntlm takes the double quote at the end for a part of {0}.", name),
  "text-after-quote": (name) => msg("cntlm drops what follows the closing quote of {0}.", name),
  "empty-quotes": (name) =>
    msg("cntlm takes a double quote for the value of {0}: an empty value cannot be written.", name),
};

export const cntlmQuotedValue: Rule = {
  id: "cntlm-quoted-value",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "Quotes that become part of a value, or that lose the option." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const option of context.tree.options) {
      if (!option.kind) continue;
      for (const { kind, span } of option.faults) {
        const message = messages[kind]?.(option.name);
        if (!message) continue;
        const edits = repair(option, kind);
        context.report({
          span,
          message,
          ...(edits && { fixes: [{ title: msg("Mend the quotes"), edits, safe: option.kind.value !== "secret" }] }),
        });
      }
    }
  },
};

/** The value as it was meant, quoted where it has to be; undefined where it cannot be told. */
function repair(option: CntlmOption, kind: CntlmFaultKind): readonly TextEdit[] | undefined {
  const { text } = option.value;
  if (option.value.hasUnknown()) return undefined;
  switch (kind) {
    case "single-quotes":
      return setCntlmValue(option, text.slice(1, -1));
    case "stray-quote":
      return setCntlmValue(option, text.slice(0, -1).trimEnd());
    case "unclosed-quote": {
      const end = option.raw.end;
      // A quote in front that nobody closed: without blanks in the value it was not needed.
      if (/[\s#;"]/.test(text.trim())) return [{ span: { start: end, end }, newText: '"' }];
      return [{ span: option.raw, newText: text.trim() }];
    }
    default:
      return undefined;
  }
}
