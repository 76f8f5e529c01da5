import { isPrivateHost } from "../proxy/host.js";
import { registryOf } from "../proxy/named-hosts.js";
import type { Script } from "../proxy/settings.js";
import { dockerLogins, imageTransfers } from "../shell/facts/docker-commands.js";
import type { MappedText } from "../text/mapped-text.js";
import { type Message, msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { dockerdParts, type Part, partsOf } from "./support/environments.js";
import { scriptsChangeProxy } from "./support/script-changes.js";
import { proxyAsked, reportUncovered, type UncoveredHost } from "./support/uncovered-hosts.js";

export const noProxyRegistry: Rule = {
  id: "no-proxy-registry",
  severity: "information",
  formats: ["runner-toml", "gitlab-ci", "docker-json"],
  docs: { summary: "A registry is internal, and the bypass list of the one who pulls or pushes does not cover it." },
  host: true,
  check(context) {
    reportUncovered(context, uncovered(context));
  },
};

function* uncovered(context: RuleContext): Generator<UncoveredHost> {
  for (const { image, alone, by, parts } of usesOf(context)) {
    const target = registryOf(image, alone);
    if (!target || !isPrivateHost(target.host, context.options.internalDomains)) continue;
    const proxy = proxyAsked("go", target, parts);
    if (proxy) yield { named: image, target, parts, proxy, message: messageFor(by, target.host) };
  }
}

/** A registry that is asked, and the environment of the Go program that asks it. */
interface RegistryUse {
  readonly image: MappedText;
  /** The text is a registry's name and no image's. */
  readonly alone: boolean;
  readonly by: "dockerd" | "dind" | "job";
  readonly parts: readonly Part[];
}

function* usesOf(context: RuleContext): Generator<RegistryUse> {
  const dockerd = dockerdParts(context.host);
  const { hosts, scripts } = context.settings;
  for (const { kind, value } of hosts) {
    if (!dockerd || (kind !== "image" && kind !== "registry")) continue;
    yield { image: value, alone: kind === "registry", by: "dockerd", parts: dockerd };
  }
  for (const script of scripts) {
    const through = (by: "daemon" | "job") =>
      by === "job" ? jobPlace(context, script) : daemonPlace(context, script, dockerd);
    for (const { by, image } of imageTransfers(script)) {
      const place = through(by);
      if (place) yield { image, alone: false, ...place };
    }
    for (const { program, registry } of dockerLogins(script)) {
      const place = through(program === "docker" ? "daemon" : "job");
      if (place && registry) yield { image: registry, alone: true, ...place };
    }
  }
}

type Place = Pick<RegistryUse, "by" | "parts">;

/** kaniko, buildah and podman ask themselves, with the job's variables as far as this file gives them. */
function jobPlace({ document, settings }: RuleContext, script: Script): Place | undefined {
  if (!script.scope || scriptsChangeProxy(settings.scripts, script.scope)) return undefined;
  return { by: "job", parts: partsOf(document, script.scope, []) };
}

/** The dockerd that a script's docker client talks to: that of the job's dind service, or the host's. */
function daemonPlace(context: RuleContext, script: Script, dockerd: readonly Part[] | undefined): Place | undefined {
  const dind = context.settings.services.find(({ dind, jobScope }) => dind && jobScope === script.scope);
  const scope = dind?.ownScope ?? dind?.jobScope;
  if (scope) return { by: "dind", parts: partsOf(context.document, scope, []) };
  if (!dockerd || context.host.some(({ settings }) => settings.services.some((service) => service.dind)))
    return undefined;
  context.needsWhole();
  return { by: "dockerd", parts: dockerd };
}

function messageFor(by: RegistryUse["by"], host: string): Message {
  switch (by) {
    case "dockerd":
      return msg("dockerd asks its proxy for {0}: its bypass list does not cover it.", host);
    case "dind":
      return msg("The dind service asks the proxy for {0}: its NO_PROXY does not cover it.", host);
    case "job":
      return msg("The job asks the proxy for {0}: its NO_PROXY does not cover it.", host);
  }
}
