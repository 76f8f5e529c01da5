import { dialectsOf } from "../shell/dialects.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../shell/facts/docker-config.js";
import { invocation } from "../shell/program.js";
import { masked, printAs } from "../shell/reprint.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import { faultOf, problemsOf } from "./docker-config-escaping.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";
import { oneEdit } from "./support/one-edit.js";

export const dockerConfigEcho: Rule = {
  id: "docker-config-echo",
  severity: "information",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "`echo` writes .docker/config.json with a backslash that dash and bash print differently." },
  check(context) {
    const first = once();
    for (const script of context.settings.scripts) {
      if (script.repeated || script.shellName === "bash") continue;
      for (const write of dockerConfigWrites(script)) {
        if (write.how !== "echo" || !write.content.differ || faultOf(write, dialectsOf(script))) continue;
        const span = differenceOf(write);
        if (!span || !first(span)) continue;
        context.report({
          span,
          message: msg("dash and bash echo this differently: printf prints the same in every shell."),
          fixes: () => {
            const edits = editsOf(write);
            if (!edits) return [];
            return [{ title: msg("Write it with printf"), edits: oneEdit(context.text, edits), safe: true }];
          },
        });
      }
    }
  },
};

/** The option that only one of them knows, or where what they print begins to differ; in the document. */
function differenceOf({ content: { dash, bash, busybox }, printer }: DockerConfigWrite): Span | undefined {
  const other = bash && dash && bash.text !== dash.text ? bash : busybox;
  if (!dash || !other || !printer) return undefined;
  const option = invocation(printer)?.args[0];
  if (option && /^-[neE]+$/.test(option.text.text) && dash.text.startsWith("-")) {
    return printer.source.toSource(option.span);
  }
  let at = 0;
  while (at < other.text.length && dash.text.charAt(at) === other.text.charAt(at)) at++;
  const last = Math.max(0, Math.min(at, other.text.length - 1));
  return other.toSource({ start: last, end: last + 1 });
}

/** What bash or busybox prints, as valid JSON. */
function editsOf({ content, printer }: DockerConfigWrite): readonly TextEdit[] | undefined {
  const meant = [content.bash, content.busybox].find((text) => text !== undefined && isValid(text));
  const text = meant && masked(meant);
  return text && printer ? printAs(printer, { ...text, text: text.text.replace(/\n$/, "") }) : undefined;
}

function isValid({ text }: MappedText): boolean {
  return problemsOf(text).length === 0;
}
