import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

const defaultKeys = ["before_script", "after_script"] as const;
const jobKeys = ["before_script", "script", "after_script"] as const;

export const yamlScriptColon: Rule = {
  id: "yaml-script-colon",
  severity: "error",
  formats: ["gitlab-ci"],
  docs: { summary: "A script line that YAML reads as a mapping because of `: `." },
  check(context) {
    const { tree, text } = context;
    if (tree.format !== "gitlab-ci") return;
    const told = new Set<number>();
    for (const job of [tree.default, ...tree.jobs]) {
      // There is no default `script`: at the root it is a job of that name.
      const keys = job === tree.default ? defaultKeys : jobKeys;
      for (const key of keys) {
        for (const { span, colon } of job.script(key)?.misread ?? []) {
          // Jobs may share a line through anchors and extends.
          if (colon === undefined || told.has(span.start)) continue;
          told.add(span.start);
          const line = text.slice(span.start, span.end);
          const single = !/[\r\n]/.test(line);
          context.report({
            span: { start: colon, end: colon + 1 },
            message: msg(
              "YAML reads this line as a mapping because of the colon, and GitLab refuses the pipeline. Put quotes around the line.",
            ),
            ...(single && {
              fixes: [
                {
                  title: msg("Put single quotes around the line"),
                  edits: [{ span, newText: `'${line.replaceAll("'", "''")}'` }],
                  safe: true,
                },
              ],
            }),
          });
        }
      }
    }
  },
};
