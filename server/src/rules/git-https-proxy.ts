import { removeScriptLine } from "../formats/gitlab-ci/remove-line.js";
import type { Script } from "../proxy/settings.js";
import { type GitConfig, gitConfigs } from "../shell/facts/git-config.js";
import { removeCommand } from "../shell/remove.js";
import { sameContainer } from "../shell/script.js";
import { msg } from "../text/message.js";
import { type TextEdit, touches } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";
import { once } from "./support/once.js";
import { oneEdit } from "./support/one-edit.js";

export const gitHttpsProxy: Rule = {
  id: "git-https-proxy",
  severity: "information",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "A script sets git's `https.proxy`, which git never reads." },
  check(context) {
    const first = once();
    for (const script of context.settings.scripts) {
      if (script.repeated) continue;
      for (const config of gitConfigs(script)) {
        const { action, name, key } = config;
        if (action !== "set" || !/^https\.(?:.*\.)?proxy$/.test(name) || !first(key.contentSpan)) continue;
        // Alone it was meant for git's proxy; beside http.proxy it is one too many.
        const removes = setsHttpProxy(context, script, config);
        const edits = removes ? remove(context, config) : key.replace({ start: 0, end: "https".length }, "http");
        const title = removes ? msg("Remove it") : msg("Rename to http.proxy");
        context.report({
          span: key.contentSpan,
          message: msg("git never reads {0}: it takes http.proxy for https URLs too.", key.text),
          ...(removes && { unnecessary: true }),
          ...(edits && { fixes: [{ title, edits: oneEdit(context.text, edits), safe: true }] }),
        });
      }
    }
  },
};

function setsHttpProxy({ settings }: RuleContext, script: Script, config: GitConfig): boolean {
  const wanted = config.name.replace(/^https/, "http");
  return sameContainer(script, settings.scripts).some((other) =>
    gitConfigs(other).some(
      ({ action, name, once: forOne, command }) =>
        action === "set" && name === wanted && (!forOne || command === config.command),
    ),
  );
}

/** The edits that take the command away, or the `-c` of a command that does something else. */
function remove({ tree }: RuleContext, { command, key, once: forOne }: GitConfig): readonly TextEdit[] | undefined {
  if (forOne) {
    const at = command.words.findIndex(({ span }) => touches(command.source.toSource(span), key.contentSpan.start));
    const before = command.words[at - 2];
    const value = command.words[at];
    return before && value && command.source.replace({ start: before.span.end, end: value.span.end }, "");
  }
  const removal = removeCommand(command);
  if (removal?.empties && tree.format === "gitlab-ci") return removeScriptLine(tree.source.text, command.source);
  return removal?.edits;
}
