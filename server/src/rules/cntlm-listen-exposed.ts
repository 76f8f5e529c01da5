import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmListenExposed: Rule = {
  id: "cntlm-listen-exposed",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "cntlm listens on every interface and no Allow or Deny limits who may use it." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf" || tree.all("Allow").length > 0 || tree.all("Deny").length > 0) return;
    for (const { role, option, host, port } of tree.addresses) {
      if (role !== "listen" || host !== "0.0.0.0" || port === undefined) continue;
      const value = `${context.options.docker0Address}:${port}`;
      const edits = setCntlmValue(option, value);
      const gateway = tree.option("Gateway");
      context.report({
        span: option.raw,
        message: msg(
          "cntlm serves everybody who reaches this host, with your account: listen on docker0 ({0}), or limit it with Allow and Deny.",
          value,
        ),
        ...(gateway &&
          option.value.text !== "" &&
          !option.value.text.includes(":") && {
            related: [{ span: gateway.span, message: msg("Gateway makes a bare port listen on every interface.") }],
          }),
        ...(edits && { fixes: [{ title: msg("Listen on docker0: {0}", value), edits, safe: false }] }),
      });
    }
  },
};
