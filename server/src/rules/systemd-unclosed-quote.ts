import type { EnvironmentWord } from "../formats/systemd-dropin/tree.js";
import { quoteSystemdWord } from "../quoting/systemd.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";

export const systemdUnclosedQuote: Rule = {
  id: "systemd-unclosed-quote",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "A quote that is not closed: systemd loses the line from there on." },
  check(context) {
    if (context.tree.format !== "systemd-dropin") return;
    for (const word of context.tree.environment.words) {
      const fault = word.faults.find(({ kind }) => kind === "unclosed-quote");
      if (!fault) continue;
      const edits = repair(word);
      context.report({
        span: fault.span,
        message: msg("The quote is not closed: systemd ignores the line from this word on."),
        ...(edits && { fixes: [{ title: msg("Close the quote"), edits, safe: true }] }),
      });
    }
  },
};

/**
 * With another assignment behind it there is no telling where the quote was to end. A tag of a template that is not closed
 * swallows whatever quote is written.
 */
function repair(word: EnvironmentWord): readonly TextEdit[] | undefined {
  if (/\{[{%#]|<%/.test(word.text.text)) return undefined;
  if (/\s[A-Za-z_]\w*=/.test(word.text.text)) return undefined;
  const { end } = word.span;
  // What is left of an assignment that a blank cut: its quote was opened before, or not at all.
  if (word.index > 0 && word.name === undefined && /^[^"'\\]+["']$/.test(word.text.text)) {
    return [{ span: { start: end - 1, end }, newText: "" }];
  }
  if (word.quote !== "") return [{ span: { start: end, end }, newText: word.quote }];
  const quoted = word.text.hasUnknown() ? undefined : quoteSystemdWord(word.text.text);
  return quoted === undefined ? undefined : [{ span: word.span, newText: quoted }];
}
