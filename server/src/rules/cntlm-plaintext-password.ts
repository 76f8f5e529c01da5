import type { CntlmConfTree, CntlmOption } from "../formats/cntlm-conf/tree.js";
import { passNtlmV2 } from "../proxy/ntlm-hash.js";
import { placeholderIn } from "../proxy/placeholder.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmPlaintextPassword: Rule = {
  id: "cntlm-plaintext-password",
  severity: "information",
  formats: ["cntlm-conf"],
  docs: { summary: "A password in clear in cntlm.conf." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf") return;
    const password = tree.option("Password");
    if (!password || password.value.hasUnknown() || password.value.text === "") return;
    // Of what is still to be filled in, proxy-placeholder tells. cntlm knows no variables: a tool fills one in.
    if (placeholderIn(password.value.text) || variable.test(password.value.text)) return;
    const hash = hashFor(tree, password);
    context.report({
      span: password.nameSpan,
      message: msg("cntlm needs no password in clear: its hash in PassNTLMv2 does, which cntlm -H prints."),
      ...(hash !== undefined && {
        fixes: [
          {
            title: msg("Replace the password with its hash"),
            edits: [
              { span: password.nameSpan, newText: "PassNTLMv2" },
              {
                span: { start: password.raw.start, end: Math.max(password.raw.end, password.span.end) },
                newText: hash,
              },
            ],
            safe: false,
          },
        ],
      }),
    });
  },
};

/** `$NAME`, `${NAME}` and `%NAME%` as the whole of a value. */
const variable = /^(?:\$[A-Z][A-Z\d]*(?:_[A-Z\d]+)*|\$\{\w+\}|%[A-Z][A-Z\d_]*%)$/;

/** The hash that says the same; undefined where another method than NTLMv2 is in force or the account is not known. */
function hashFor(tree: CntlmConfTree, password: CntlmOption): string | undefined {
  const user = tree.option("Username")?.value;
  const domain = tree.option("Domain")?.value;
  const auth = tree.option("Auth")?.value;
  if (!user || user.hasUnknown() || domain?.hasUnknown() || password.faults.length > 0) return undefined;
  if (auth && (auth.hasUnknown() || auth.text.toLowerCase() !== "ntlmv2")) return undefined;
  if (tree.option("PassNTLMv2")) return undefined;
  return passNtlmV2(user.text, domain?.text ?? "", password.value.text);
}
