import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const caMount: Rule = {
  id: "ca-mount",
  severity: "warning",
  formats: ["runner-toml"],
  docs: {
    summary: "A folder is mounted where programs of the container look for the file of a certificate authority.",
  },
  check(context) {
    if (context.tree.format !== "runner-toml") return;
    for (const runner of context.tree.runners) {
      for (const { text } of runner.docker?.strings("volumes") ?? []) {
        const parts = /^(\/[^:$]*):(\/[^:$]*)(?::[\w,]+)?$/.exec(text.text);
        const [, source = "", target = ""] = parts ?? [];
        if (!parts || text.hasUnknown() || /\{\{|\{%|<%/.test(text.text)) continue;
        if (!/\/(?:certs|ca-certificates|ssl)\/(?:.*\/)?[^/]+\.(?:crt|pem|cer)$/.test(target)) continue;
        // A name with a dot may be that of a file of any kind; one without is a folder's.
        if (source.slice(source.lastIndexOf("/") + 1).includes(".")) continue;
        context.report({
          span: text.toSource({ start: 0, end: source.length }),
          message: msg(
            "{0} is a folder, and the container looks for a certificate's file at {1}: mount the file itself.",
            source,
            target,
          ),
        });
      }
    }
  },
};
