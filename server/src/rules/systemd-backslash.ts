import type { EnvironmentWord } from "../formats/systemd-dropin/tree.js";
import { holdsAddress, variableOf } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Rule } from "./rule.js";

export const systemdBackslash: Rule = {
  id: "systemd-backslash",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "A backslash in Environment=, which begins an escape." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin") return;
    for (const word of tree.environment.words) {
      const variable = variableOf(word.name?.text ?? "");
      for (const { kind, span } of word.faults) {
        // \t and its kin are right in other variables; an unknown escape is right nowhere.
        if (kind !== "unknown-escape" && !(kind === "escape" && variable)) continue;
        const written = context.text.slice(span.start, span.start + 2);
        const replacement = variable && holdsAddress(variable) ? "%%5C" : "\\\\";
        context.report({
          span,
          message:
            kind === "escape"
              ? msg(
                  "systemd takes {0} for an escape, which changes the value. A backslash is written {1}.",
                  written,
                  replacement,
                )
              : msg(
                  "systemd does not know the escape {0} and ignores the line from this word on. A backslash is written {1}.",
                  written,
                  replacement,
                ),
          fixes: [
            {
              title: msg("Write {0}", replacement),
              edits: [{ span: { start: span.start, end: span.start + 1 }, newText: replacement }],
              safe: !inCredentials(word, span, context.text),
            },
          ],
        });
      }
    }
  },
};

function inCredentials(word: EnvironmentWord, span: Span, text: string): boolean {
  return text.slice(span.end, word.span.end).includes("@");
}
