import { hashesFor } from "../formats/cntlm-conf/options.js";
import { placeholderIn } from "../proxy/placeholder.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmWeakAuth: Rule = {
  id: "cntlm-weak-auth",
  severity: "information",
  formats: ["cntlm-conf"],
  docs: { summary: "A weak method, or weak hashes that the method in force does not need." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf") return;
    const auth = tree.option("Auth");
    const method = auth?.value.text.toLowerCase() ?? "ntlmv2";
    if (auth?.value.hasUnknown()) return;
    if (auth && (method === "lm" || method === "nt")) {
      context.report({
        span: auth.raw,
        message: msg(
          "Auth {0} is easily broken by who listens: use NTLMv2 where the parent proxy takes it.",
          auth.value.text,
        ),
      });
    }
    const needed = hashesFor(method);
    if (!tree.option("PassNTLMv2") || !needed) return;
    for (const name of ["PassNT", "PassLM"]) {
      const option = tree.option(name);
      // Of what is still to be filled in, proxy-placeholder tells.
      if (!option || needed.includes(name) || placeholderIn(option.value.text)) continue;
      context.report({
        span: option.nameSpan,
        message: msg(
          "cntlm does not need {0} for {1}, and it gives the password away: remove it.",
          name,
          auth?.value.text ?? "NTLMv2",
        ),
      });
    }
  },
};
