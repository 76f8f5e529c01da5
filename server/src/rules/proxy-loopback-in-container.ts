import type { Runner } from "../formats/runner-toml/runner.js";
import { portOf } from "../proxy/address.js";
import { isLoopback, isUnspecified } from "../proxy/host.js";
import type { Scope } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import { docker0Address } from "../workspace/docker-network.js";
import type { Rule, RuleContext } from "./rule.js";
import { isReal, proxyPlaces } from "./support/addresses.js";
import { remoteDocker, usesDockerDesktop } from "./support/docker-desktop.js";

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
      const runner = runnerOf(context, scope);
      const executor = runner?.executor?.value;
      // The containers of a pod share 127.0.0.1: a service of the job may be the proxy there.
      if (scope.container !== true || executor === "kubernetes" || !host || !isReal(place, host)) continue;
      if (!isLoopback(host.text) && !isUnspecified(host.text)) continue;
      const span = value.toSource(host);
      const elsewhere =
        executor === "docker-autoscaler" || executor === "docker+machine" ? executor : remoteDocker(runner);
      if (elsewhere !== undefined) {
        context.report({
          span,
          message: msg(
            "In a container {0} is the container itself: name the proxy as the machines of {1} reach it.",
            host.text,
            elsewhere,
          ),
        });
        continue;
      }
      const bracket = value.text[host.start - 1] === "[" ? 1 : 0;
      const write = (address: string, safe: boolean) => {
        const edits = value.replace({ start: host.start - bracket, end: host.end + bracket }, address);
        return edits && { fixes: [{ title: msg("Write {0}", address), edits, safe }] };
      };
      if (usesDockerDesktop(context, runner)) {
        context.report({
          span,
          message: msg(
            "In a container {0} is the container itself: under Docker Desktop the host is {1}.",
            host.text,
            desktopHost,
          ),
          ...write(desktopHost, false),
        });
      } else if (executor === "docker-windows") {
        context.report({
          span,
          message: msg(
            "In a container {0} is the container itself: name the proxy by an address of the host that containers reach.",
            host.text,
          ),
        });
      } else {
        const docker0 = docker0Address(context, portOf(address));
        context.report({
          span,
          message: msg(
            "In a container {0} is the container itself: the proxy of the host is at docker0, {1}.",
            host.text,
            docker0,
          ),
          ...write(docker0, true),
        });
      }
    }
  },
};

/** The name by which a container reaches the host under Docker Desktop, whatever address a program listens on there. */
const desktopHost = "host.docker.internal";

/** The runner that a scope belongs to; undefined in a file of another format. */
function runnerOf({ tree }: RuleContext, scope: Scope): Runner | undefined {
  if (tree.format !== "runner-toml") return undefined;
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    const number = /^runners\[(\d+)\]\.environment$/.exec(at.id)?.[1];
    const runner = number === undefined ? undefined : tree.runners.find(({ index }) => index === Number(number));
    if (runner) return runner;
  }
  return undefined;
}
