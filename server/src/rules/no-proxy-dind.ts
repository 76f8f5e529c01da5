import { bypasses } from "../proxy/bypass/index.js";
import { isLoopback } from "../proxy/host.js";
import { assignmentOf } from "../proxy/scopes.js";
import type { Scope, ServiceContainer } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { addEntries, asFix } from "./support/bypass-edits.js";
import { type Given, givenTo, isOpen, isSetHere, listFor, type Part, partsOf } from "./support/environments.js";
import { scriptsChangeProxy } from "./support/script-changes.js";

export const noProxyDind: Rule = {
  id: "no-proxy-dind",
  severity: "warning",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "The docker client of a job asks the proxy for the job's Docker-in-Docker service." },
  check(context) {
    const seen = new Set<string>();
    for (const service of context.settings.services) {
      const { jobScope } = service;
      // A hidden job gets the rest from those that extend it.
      if (
        !service.dind ||
        !jobScope ||
        jobScope.label.startsWith(".") ||
        scriptsChangeProxy(context.settings.scripts, jobScope)
      )
        continue;
      const parts = partsOf(context.document, jobScope, []);
      const found = asked(service, jobScope, parts);
      if (!found) continue;
      const place = givenTo("docker", "noProxy", parts) ?? found.proxy;
      const key = `${place.assignment.span.start} ${found.alias}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report(context, service, found, parts, place);
    }
  },
};

interface Asked {
  readonly alias: string;
  readonly proxy: Given;
}

/** The alias for which the client asks the proxy; undefined where it goes direct, or that is not known. */
function asked(service: ServiceContainer, jobScope: Scope, parts: readonly Part[]): Asked | undefined {
  const list = listFor("docker", parts);
  const daemon = assignmentOf(jobScope, "DOCKER_HOST");
  if (list === undefined || isOpen(parts) || daemon?.value.hasUnknown()) return undefined;
  const [, host, port] = /^tcp:\/\/([^/:]+)(?::(\d+))?\/?$/.exec(daemon?.value.text ?? "") ?? [];
  if (daemon && (host === undefined || !service.aliases.includes(host))) return undefined;
  const aliases = host === undefined ? service.aliases : [host];
  const ports = port === undefined ? ["2375", "2376"] : [port];
  const proxies = ports.map((at) => proxyFor(at, parts));
  const proxy = proxies.find((given) => given !== undefined);
  const alias = aliases[0];
  if (!proxy || alias === undefined || aliases.some(isLoopback)) return undefined;
  const reaches = (name: string) =>
    ports.every((at, index) => !proxies[index] || bypasses("docker", `tcp://${name}:${at}`, list)?.direct !== false);
  return aliases.some(reaches) ? undefined : { alias, proxy };
}

/** 2376 is TLS, so https; of another port that is not known. */
function proxyFor(port: string, parts: readonly Part[]): Given | undefined {
  const uses =
    port === "2375" ? (["http"] as const) : port === "2376" ? (["https"] as const) : (["http", "https"] as const);
  for (const use of uses) {
    const given = givenTo("docker", use, parts);
    if (given && isSetHere(given)) return given;
  }
  return undefined;
}

function report(
  context: RuleContext,
  service: ServiceContainer,
  { alias, proxy }: Asked,
  parts: readonly Part[],
  { assignment }: Given,
): void {
  const entries = [alias, `${alias}:2375`, `${alias}:2376`];
  context.report({
    span: assignment.span,
    message: msg("The docker client asks the proxy for {0}, the dind service: add {0} to NO_PROXY.", alias),
    related: [{ span: service.span, message: msg("The dind service.") }],
    ...asFix(context.document, msg("Add {0} to the bypass list", alias), () => addEntries(parts, proxy, entries)),
  });
}
