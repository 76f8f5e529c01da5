import { insertCntlmOption } from "../formats/cntlm-conf/edit.js";
import type { CntlmConfTree } from "../formats/cntlm-conf/tree.js";
import { placeholderIn } from "../proxy/placeholder.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";

export const cntlmMissingOption: Rule = {
  id: "cntlm-missing-option",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "An option without which cntlm does not start, or cannot log in." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf" || tree.template || tree.options.every(({ kind }) => !kind)) return;
    const report = reporter(context, place(tree));
    // An option that stands there but is lost has a finding of its own.
    const has = (...names: string[]) =>
      tree.options.some(({ kind, state }) => kind && names.includes(kind.name) && state !== "duplicate");
    if (!has("Proxy")) report(msg("cntlm exits: there is no Proxy, the address of the company's proxy."), "error");
    if (!has("Listen", "SOCKS5Proxy", "Tunnel")) {
      const value = `${context.options.docker0Address}:3128`;
      const edits = insertCntlmOption(tree, "Listen", value, tree.all("Proxy").at(-1));
      context.report({
        span: place(tree),
        message: msg("cntlm exits: there is no Listen, the address on which it serves."),
        ...(edits && { fixes: [{ title: msg("Add Listen {0}", value), edits, safe: true }] }),
      });
    }
    // SSPI takes the account of Windows; where placeholders stand, a script that starts cntlm fills the account in.
    if (tree.options.some(({ kind, value }) => kind?.name === "SSPI" || (kind && placeholderIn(value.text)))) return;
    const secret = has("Password", "PassNTLMv2", "PassNT", "PassLM");
    if (!has("Username")) {
      report(
        secret
          ? msg("cntlm has no Username: the parent proxy refuses it.")
          : msg("cntlm has no Username and no Password or hash (PassNTLMv2): the parent proxy refuses it."),
        "warning",
      );
    } else if (!secret) {
      report(msg("cntlm has neither a Password nor a hash (PassNTLMv2): the parent proxy refuses it."), "warning");
    }
  },
};

function reporter(context: RuleContext, span: Span) {
  return (message: Message, severity: "error" | "warning") => context.report({ span, message, severity });
}

/** What is missing stands nowhere: the first option's name is marked. */
function place(tree: CntlmConfTree): Span {
  return tree.options.find(({ kind }) => kind)?.nameSpan ?? { start: 0, end: 0 };
}
