import { bypasses } from "../proxy/bypass/index.js";
import { isPrivateHost } from "../proxy/host.js";
import { type Message, msg } from "../text/message.js";
import { type Environment, type Given, hasProxy, meantFor, readBy } from "../workspace/environment.js";
import type { RunnerHops } from "../workspace/hops.js";
import type { Rule } from "./rule.js";
import { createDropin, fillEnvironment, giveUnit } from "./support/chain-fixes.js";
import { checkOnChain, type HostChain, type Placed } from "./support/host-chain.js";

export const chainHopMissing: Rule = {
  id: "chain-hop-missing",
  severity: "information",
  formats: ["runner-toml", "systemd-dropin", "docker-json"],
  docs: { summary: "One hop of a host has no proxy while the others have one." },
  host: true,
  check: checkOnChain((host) => {
    const { dockerd, runnerService, runners } = host.chain;
    const local = runners.filter(({ localDocker }) => localDocker);
    // A lone config.toml says nothing of files that are kept elsewhere.
    if (local.length === 0 || dockerd.documents.length + runnerService.documents.length === 0) return [];
    return [...dockerdMissing(local, host), ...runnerMissing(local, host), ...jobsMissing(local, host)];
  }),
};

function dockerdMissing(local: readonly RunnerHops[], host: HostChain): readonly Placed[] {
  const { dockerd, runnerService } = host.chain;
  if (dockerd.environment.open || hasProxy(dockerd.environment)) return [];
  const having = [runnerService.environment, ...local.map(jobOf)].find(hasProxy);
  const source = having && firstAddress(having);
  if (!having || !source) return [];
  return [
    serviceWithout(
      dockerd.documents,
      source,
      host,
      { unit: "docker", from: having },
      msg("dockerd has no proxy, and it is dockerd that pulls the images: give docker.service one."),
    ),
  ];
}

function runnerMissing(local: readonly RunnerHops[], host: HostChain): readonly Placed[] {
  const { dockerd, runnerService } = host.chain;
  if (runnerService.environment.open || hasProxy(runnerService.environment)) return [];
  const source = firstAddress(dockerd.environment);
  const outside = local.some((runner) => gitlabIsOutside(runner, dockerd.environment, host));
  if (!source || !outside) return [];
  return [
    serviceWithout(
      runnerService.documents,
      source,
      host,
      { unit: "gitlab-runner", from: dockerd.environment },
      msg("gitlab-runner has no proxy, and it is what asks GitLab for jobs: give gitlab-runner.service one."),
    ),
  ];
}

function serviceWithout(
  documents: readonly Given["document"][],
  source: Given,
  host: HostChain,
  { unit, from }: { readonly unit: "docker" | "gitlab-runner"; readonly from: Environment },
  message: Message,
): Placed {
  const own = documents.find(({ settings, tree }) => tree.format === "systemd-dropin" && settings.scopes.length > 0);
  const scope = own?.settings.scopes[0];
  const related = [
    { uri: source.document.uri, span: source.assignment.span, message: msg("The proxy of another hop.") },
  ];
  if (own && scope) {
    const fix = giveUnit(own, scope, from, unit);
    return { document: own, span: scope.span, message, related, ...(fix && { fixes: [fix] }) };
  }
  const fix = createDropin(unit, from, host);
  return { document: source.document, span: source.scope.span, message, ...(fix && { fixes: [fix] }) };
}

function jobsMissing(local: readonly RunnerHops[], host: HostChain): readonly Placed[] {
  const { dockerd, runnerService, hops } = host.chain;
  const from = [dockerd.environment, runnerService.environment].find(hasProxy);
  const source = from && firstAddress(from);
  if (!from || !source) return [];
  const byProject = hops.some(({ kind, place, environment }) => {
    return kind === "job" && place?.document.format.id === "gitlab-ci" && hasProxy(environment);
  });
  if (byProject) return [];
  return local.flatMap((runner): Placed[] => {
    const environment = jobOf(runner);
    // `environment` in a sub-table was meant for the runner: misplaced-key tells.
    if (environment.open || hasProxy(environment) || runner.runner.docker?.find("environment")) return [];
    const fix = fillEnvironment(runner, from, host);
    return [
      {
        document: runner.document,
        span: runner.scope.span,
        message: msg("The jobs of this runner have no proxy, while the services have one: set it in environment."),
        related: [
          { uri: source.document.uri, span: source.assignment.span, message: msg("The proxy of another hop.") },
        ],
        ...(fix && { fixes: [fix] }),
      },
    ];
  });
}

function jobOf({ hops, environment }: RunnerHops): Environment {
  return hops.find(({ kind }) => kind === "job")?.environment ?? environment;
}

function firstAddress(environment: Environment): Given | undefined {
  return meantFor("https_proxy", environment)[0] ?? meantFor("http_proxy", environment)[0];
}

/** Whether the runner reaches its GitLab through the proxy: its host is public and the others' list does not cover it. */
function gitlabIsOutside({ document, scope }: RunnerHops, others: Environment, { options }: HostChain): boolean {
  const named = document.settings.hosts.find((host) => host.kind === "gitlab-url" && host.scope === scope);
  if (!named || named.value.hasUnknown()) return false;
  const url = named.value.text;
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1];
  if (host === undefined || isPrivateHost(host, options.internalDomains)) return false;
  const list = readBy("go", "noProxy", others)?.assignment;
  if (list?.external || list?.value.hasUnknown()) return false;
  return bypasses("go", url, list?.value.text ?? "")?.direct === false;
}
