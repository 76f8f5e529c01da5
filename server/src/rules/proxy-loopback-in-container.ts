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
      const executor = executorOf(context, scope);
      // The containers of a pod share 127.0.0.1: a service of the job may be the proxy there.
      if (scope.container !== true || executor === "kubernetes" || !host || !isReal(place, host)) continue;
      if (!isLoopback(host.text) && !isUnspecified(host.text)) continue;
      if (executor === "docker-autoscaler" || executor === "docker+machine") {
        context.report({
          span: value.toSource(host),
          message: msg(
            "In a container {0} is the container itself: name the proxy as the machines of {1} reach it.",
            host.text,
            executor,
          ),
        });
        continue;
      }
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

/** The executor of the runner that a scope belongs to; undefined in a file of another format, or where none is written. */
function executorOf({ tree }: RuleContext, scope: Scope): string | undefined {
  if (tree.format !== "runner-toml") return undefined;
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    const { id } = at;
    const runner = tree.runners.find(({ index }) => id === `runners[${index}].environment`);
    if (runner) return runner.executor?.value;
  }
  return undefined;
}
