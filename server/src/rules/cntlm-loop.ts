import type { CntlmEndpoint } from "../formats/cntlm-conf/tree.js";
import { msg } from "../text/message.js";
import { docker0Of } from "../workspace/docker-network.js";
import type { Rule } from "./rule.js";

export const cntlmLoop: Rule = {
  id: "cntlm-loop",
  severity: "error",
  formats: ["cntlm-conf"],
  host: true,
  docs: { summary: "A Proxy that is cntlm's own Listen: requests go in a circle." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    // With Gateway, cntlm also serves the addresses of docker0.
    const docker0 = docker0Of(context);
    const listens = context.tree.addresses.filter(({ role }) => role === "listen");
    for (const parent of context.tree.addresses) {
      if (parent.role !== "parent") continue;
      const own = listens.find((listen) => isServedBy(parent, listen, docker0));
      if (!own) continue;
      context.report({
        span: parent.option.raw,
        message: msg("This is cntlm's own Listen: its requests go in a circle. Proxy is the company's proxy."),
        related: [{ span: own.option.span, message: msg("The Listen that serves it.") }],
      });
    }
  },
};

function isServedBy(parent: CntlmEndpoint, listen: CntlmEndpoint, docker0: readonly string[]): boolean {
  if (parent.port === undefined || parent.port !== listen.port || !parent.host || !listen.host) return false;
  const loopback = (host: string) => host === "localhost" || host.startsWith("127.");
  if (parent.host === listen.host) return true;
  if (listen.host === "0.0.0.0") return loopback(parent.host) || docker0.includes(parent.host);
  return loopback(parent.host) && loopback(listen.host);
}
