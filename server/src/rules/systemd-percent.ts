import type { EnvironmentWord } from "../formats/systemd-dropin/tree.js";
import { variableOf } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";

export const systemdPercent: Rule = {
  id: "systemd-percent",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "A single % in Environment=, which systemd takes for a specifier." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin") return;
    for (const word of tree.environment.words) {
      const proxy = variableOf(word.name?.text ?? "") !== undefined;
      for (const { kind, span } of word.faults) {
        // %h and its kin are right where a path of the service is meant.
        if (kind !== "unknown-specifier" && !(kind === "specifier" && proxy)) continue;
        if (kind === "specifier" && isMeant(span, word, context.text)) continue;
        const written = context.text.slice(span.start, span.start + 2);
        context.report({
          span,
          message:
            kind === "specifier"
              ? msg("systemd puts something else in the place of {0}. A percent sign is written %%.", written)
              : msg(
                  "systemd takes {0} for a specifier, does not know it, and drops the assignment. A percent sign is written %%.",
                  written,
                ),
          fixes: [
            {
              title: msg("Write %%"),
              edits: [doubled(context.text, span)],
              safe: !inCredentials(word, span, context.text),
            },
          ],
        });
      }
    }
  },
};

/** `NO_PROXY=localhost,%H`: a name of its own or a whole label of one, which no percent-encoded character is. */
function isMeant(span: Span, word: EnvironmentWord, text: string): boolean {
  if (inCredentials(word, span, text)) return false;
  return /[=,./:]/.test(text.charAt(span.start - 1)) && !/[\w%-]/.test(text.charAt(span.start + 2));
}

/** `%%%5C` is a second try at doubling: one sign is too many. */
function doubled(text: string, { start }: Span): TextEdit {
  if (text.slice(Math.max(0, start - 2), start) === "%%")
    return { span: { start: start - 1, end: start }, newText: "" };
  return { span: { start, end: start }, newText: "%" };
}

function inCredentials(word: EnvironmentWord, span: Span, text: string): boolean {
  return text.slice(span.end, word.span.end).includes("@");
}
