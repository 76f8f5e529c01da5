import { hashesFor } from "../formats/cntlm-conf/options.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmHashAuthMismatch: Rule = {
  id: "cntlm-hash-auth-mismatch",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "Auth names a method whose hash is not given, and there is no Password." },
  check(context) {
    const { tree } = context;
    // Of a template's lines one or the other may be left out.
    if (tree.format !== "cntlm-conf" || tree.template || tree.option("Password")) return;
    const given = ["PassNTLMv2", "PassNT", "PassLM"].flatMap((name) => tree.option(name) ?? []);
    const auth = tree.option("Auth");
    const [first] = given;
    if (!first || auth?.value.hasUnknown()) return;
    const method = auth?.value.text ?? "NTLMv2";
    const needed = hashesFor(method);
    const missing = needed?.filter((name) => !tree.option(name));
    if (!missing || missing.length === 0) return;
    context.report({
      span: (auth ?? first).span,
      message: auth
        ? msg(
            "cntlm has no hash for Auth {0}: {1} is missing. The parent proxy refuses it.",
            method,
            missing.join(", "),
          )
        : msg("Without Auth cntlm uses NTLMv2: {0} is missing. The parent proxy refuses it.", missing.join(", ")),
    });
  },
};
