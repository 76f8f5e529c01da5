import { portOf } from "../proxy/address.js";
import { isLoopback, isUnspecified } from "../proxy/host.js";
import type { Scope } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import { docker0Address } from "../workspace/docker-network.js";
import type { Rule, RuleContext } from "./rule.js";
import { isReal, proxyPlaces } from "./support/addresses.js";

export const proxyLoopbackInContainer: Rule = {
  id: "proxy-loopback-in-container",
  severity: "error",
  formats: ["runner-toml", "docker-json", "gitlab-ci"],
  docs: { summary: "`localhost` or 127.0.0.1 as the proxy of a container, where it is the container itself." },
  host: true,
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      const { scope, value, address } = place;
      const { host } = address;
      if (scope.container !== true || inPod(context, scope) || !host || !isReal(place, host)) continue;
      if (!isLoopback(host.text) && !isUnspecified(host.text)) continue;
      const bracket = value.text[host.start - 1] === "[" ? 1 : 0;
      const docker0 = docker0Address(context, portOf(address));
      const edits = value.replace({ start: host.start - bracket, end: host.end + bracket }, docker0);
      context.report({
        span: value.toSource(host),
        message: msg(
          "In a container {0} is the container itself: the proxy of the host is at docker0, {1}.",
          host.text,
          docker0,
        ),
        ...(edits && { fixes: [{ title: msg("Write {0}", docker0), edits, safe: true }] }),
      });
    }
  },
};

/** The containers of a pod share 127.0.0.1: a service of the job may be the proxy there. */
function inPod({ tree }: RuleContext, scope: Scope): boolean {
  if (tree.format !== "runner-toml") return false;
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    const { id } = at;
    const runner = tree.runners.find(({ index }) => id === `runners[${index}].environment`);
    if (runner) return runner.executor?.value === "kubernetes";
  }
  return false;
}
