import { isLoopback } from "../proxy/host.js";
import { withInherited } from "../proxy/scopes.js";
import type { Assignment, ProxySettings, Scope, Script } from "../proxy/settings.js";
import { holdsAddress } from "../proxy/variables.js";
import type { Command } from "../shell/command.js";
import { scriptAssignments } from "../shell/facts/assignments.js";
import { hostCalls } from "../shell/facts/calls.js";
import { gitConfigs } from "../shell/facts/git-config.js";
import { programProxies } from "../shell/facts/package-proxies.js";
import { tlsOff, tlsOffVariable } from "../shell/facts/tls.js";
import { ownerOf, sameContainer } from "../shell/script.js";
import { type Message, msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";

export const tlsVerificationOff: Rule = {
  id: "tls-verification-off",
  severity: "information",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "The check of certificates is turned off behind a proxy." },
  check(context) {
    const { settings } = context;
    const first = once();
    let pipeline: boolean | undefined;
    const behindProxy = (scope: Scope | undefined, script?: Script): boolean => {
      if (context.tree.format !== "gitlab-ci") return runnerHasProxy(settings, scope, script);
      pipeline ??= pipelineHasProxy(settings);
      if (!pipeline) context.needsWhole();
      return pipeline;
    };
    for (const scope of settings.scopes) {
      for (const { name, value, span } of scope.assignments) {
        const program = value.hasUnknown() ? undefined : tlsOffVariable(name.text, value.text);
        if (program && behindProxy(scope) && first(span)) context.report({ span, message: messageFor(program) });
      }
    }
    for (const script of settings.scripts) {
      const found = tlsOff(script);
      if (found.length === 0 || !behindProxy(script.scope, script)) continue;
      const local = localCalls(script, settings);
      for (const { program, span, command } of found) {
        if (!local.has(command) && first(span)) context.report({ span, message: messageFor(program) });
      }
    }
  },
};

/** A proxy stands anywhere in the pipeline's file: jobs of one network share it. */
function pipelineHasProxy({ scopes, scripts }: ProxySettings): boolean {
  return (
    scopes.some(({ assignments }) => assignments.some(isProxy)) ||
    scripts.some((script) => !script.repeated && setsProxy(script))
  );
}

/** A proxy stands in the environment of the runner, or in a script of the same container. */
function runnerHasProxy({ scripts }: ProxySettings, scope: Scope | undefined, script?: Script): boolean {
  if (scope && withInherited(scope).some(isProxy)) return true;
  const beside = script ? sameContainer(script, scripts) : scripts.filter((other) => other.scope === scope);
  return beside.some(setsProxy);
}

/** What the value is may be unknown; an empty one takes the proxy away. */
function isProxy({ variable, value }: Assignment): boolean {
  return variable !== undefined && holdsAddress(variable) && value.text.trim() !== "";
}

function setsProxy(script: Script): boolean {
  return (
    scriptAssignments(script).assignments.some(isProxy) ||
    programProxies(script).some(({ setting }) => !/no-?proxy/i.test(setting)) ||
    gitConfigs(script).some(({ action, name }) => action === "set" && /^http\.(?:.*\.)?proxy$/.test(name))
  );
}

/** Commands that call nothing but this container or a service beside it, which no proxy stands before. */
function localCalls(script: Script, { services }: ProxySettings): ReadonlySet<Command> {
  const aliases = new Set(services.filter(({ owner }) => owner === ownerOf(script)).flatMap(({ aliases }) => aliases));
  const local = new Set<Command>();
  const others = new Set<Command>();
  for (const { command, host } of hostCalls(script)) {
    const near = !host.hasUnknown() && (isLoopback(host.text) || aliases.has(host.text));
    (near ? local : others).add(command);
  }
  for (const command of others) local.delete(command);
  return local;
}

/** How each program is told of the authority that signs for a proxy that opens TLS, or for the server itself. */
function messageFor(program: string): Message {
  const way = Object.hasOwn(ways, program) ? ways[program] : undefined;
  return way
    ? msg("{0} no longer checks certificates: name the authority instead ({1}).", program, way)
    : msg("{0} no longer checks certificates: name the authority instead.", program);
}

const ways: Readonly<Record<string, string>> = {
  git: "http.sslCAInfo, GIT_SSL_CAINFO, tls-ca-file",
  curl: "--cacert, CURL_CA_BUNDLE",
  wget: "--ca-certificate",
  "Node.js": "NODE_EXTRA_CA_CERTS",
  Python: "SSL_CERT_FILE, REQUESTS_CA_BUNDLE",
  pip: "--cert, PIP_CERT",
  pip3: "--cert, PIP_CERT",
  npm: "cafile, NODE_EXTRA_CA_CERTS",
  yarn: "cafile, NODE_EXTRA_CA_CERTS",
  pnpm: "cafile, NODE_EXTRA_CA_CERTS",
  helm: "--ca-file",
  kubectl: "--certificate-authority",
  kaniko: "--registry-certificate",
  skopeo: "--cert-dir, /etc/containers/certs.d",
  podman: "--cert-dir, /etc/containers/certs.d",
  buildah: "--cert-dir, /etc/containers/certs.d",
  http: "--verify=FILE",
};
