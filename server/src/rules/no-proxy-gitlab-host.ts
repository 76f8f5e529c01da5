import type { ClientName } from "../proxy/clients.js";
import { isPrivateHost } from "../proxy/host.js";
import { type HostIn, hostOfUrl } from "../proxy/named-hosts.js";
import type { NamedHost } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { type Part, partsOf, unitsOf } from "./support/environments.js";
import { proxyAsked, reportUncovered, type UncoveredHost } from "./support/uncovered-hosts.js";

export const noProxyGitlabHost: Rule = {
  id: "no-proxy-gitlab-host",
  severity: "information",
  formats: ["runner-toml"],
  docs: { summary: "The GitLab host is internal, and the bypass list of the one who asks it does not cover it." },
  host: true,
  check(context) {
    reportUncovered(context, uncoveredBy(context, byService));
    reportUncovered(context, uncoveredBy(context, byJobs));
  },
};

type Asker = (context: RuleContext, named: NamedHost, target: HostIn) => readonly UncoveredHost[];

function* uncoveredBy(context: RuleContext, asker: Asker): Generator<UncoveredHost> {
  for (const named of context.settings.hosts) {
    if (named.kind !== "gitlab-url" && named.kind !== "clone-url") continue;
    const target = hostOfUrl(named.value);
    if (target && isPrivateHost(target.host, context.options.internalDomains)) yield* asker(context, named, target);
  }
}

/** The runner itself: its requests to GitLab's API. */
function byService({ host }: RuleContext, named: NamedHost, target: HostIn): readonly UncoveredHost[] {
  if (named.kind !== "gitlab-url") return [];
  return unitsOf(host, "runner").flatMap((parts) => {
    const proxy = proxyAsked("go", target, parts);
    const message = msg(
      "gitlab-runner asks its proxy for {0}: the NO_PROXY of its service does not cover it.",
      target.host,
    );
    return proxy ? [{ named: named.value, target, parts, proxy, message }] : [];
  });
}

/** In the helper container: git, and the runner's own program for artifacts and cache. */
function byJobs(context: RuleContext, named: NamedHost, target: HostIn): readonly UncoveredHost[] {
  const { scope } = named;
  if (!scope) return [];
  const parts: readonly Part[] = partsOf(context.document, scope, []);
  for (const client of clientsOf(context, named)) {
    const proxy = proxyAsked(client, target, parts);
    if (!proxy) continue;
    const message =
      client === "git"
        ? msg("git asks the proxy for {0} in jobs: the NO_PROXY of environment does not cover it.", target.host)
        : msg(
            "Artifacts and cache go to {0} through the proxy: the NO_PROXY of environment does not cover it.",
            target.host,
          );
    return [{ named: named.value, target, parts, proxy, message }];
  }
  return [];
}

/** git clones from `clone_url` where there is one. */
function clientsOf({ settings }: RuleContext, { kind, scope }: NamedHost): readonly ClientName[] {
  if (kind === "clone-url") return ["git"];
  const cloned = settings.hosts.some((other) => other.kind === "clone-url" && other.scope === scope);
  return cloned ? ["go"] : ["git", "go"];
}
