import { variableOf } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const systemdDollar: Rule = {
  id: "systemd-dollar",
  severity: "warning",
  formats: ["systemd-dropin"],
  docs: { summary: "A variable in Environment=, which systemd does not expand." },
  check(context) {
    const { tree } = context;
    // A tool that fills the file in may fill variables in, too: envsubst both $NAME and ${NAME}.
    if (tree.format !== "systemd-dropin" || tree.entries || tree.template) return;
    for (const { name, value } of tree.environment.words) {
      if (!value || variableOf(name?.text ?? "") === undefined) continue;
      for (const match of value.text.matchAll(/\$(?:\{\w+\}|[A-Za-z_]\w*)/g)) {
        const span = { start: match.index, end: match.index + match[0].length };
        if (isPartOfPassword(value.text, span.start, span.end)) continue;
        context.report({
          span: value.toSource(span),
          message: msg(
            "systemd does not expand {0} in Environment=: the program gets it as it stands. Write the value.",
            match[0],
          ),
        });
      }
    }
  },
};

/** `$` inside a literal password is a character of it; a whole user name or password that is `$NAME` is not. */
function isPartOfPassword(text: string, start: number, end: number): boolean {
  const at = text.lastIndexOf("@");
  if (at < end) return false;
  const before = start === 0 ? "/" : text.charAt(start - 1);
  return text.charAt(start + 1) !== "{" && !(/[/:]/.test(before) && /[:@]/.test(text.charAt(end)));
}
