import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmPasswordPath: Rule = {
  id: "cntlm-password-path",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "Password is a path: cntlm takes the path itself as the password." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    const password = context.tree.option("Password");
    if (!password || password.value.hasUnknown()) return;
    // Two folders at least: a password may begin with a slash.
    if (!/^(?:~|\/[\w.@-]+|[A-Za-z]:)(?:[\\/][\w.@-]+)+$/.test(password.value.text)) return;
    context.report({
      span: password.raw,
      message: msg(
        "cntlm takes this path itself for the password; it reads no file. Give the password, or its hash as PassNTLMv2.",
      ),
    });
  },
};
