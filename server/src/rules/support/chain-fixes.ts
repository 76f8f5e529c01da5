import { difference } from "../../generate/place/placement.js";
import { withVariables } from "../../generate/place/variables.js";
import { generateSnippet } from "../../generate/snippets.js";
import { plainText } from "../../generate/template.js";
import type { Scope } from "../../proxy/settings.js";
import type { AddressVariable, ProxyVariable } from "../../proxy/variables.js";
import { msg } from "../../text/message.js";
import type { TextEdit } from "../../text/span.js";
import { uriOnHost } from "../../workspace/chain.js";
import type { Document } from "../../workspace/document.js";
import { bothNames, type Environment, meantFor } from "../../workspace/environment.js";
import type { RunnerHops } from "../../workspace/hops.js";
import { endpointOf } from "../../workspace/proxies.js";
import type { ReportedFix } from "../rule.js";
import type { HostChain } from "./host-chain.js";

interface Values {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/** What every bypass list of a service should hold where no other hop has one. */
const ownHost = "localhost,127.0.0.1";

/** A drop-in of a service with the values of another hop, where there is none yet. */
export function createDropin(
  unit: "docker" | "gitlab-runner",
  from: Environment,
  host: HostChain,
): ReportedFix | undefined {
  const path = `etc/systemd/system/${unit}.service.d/http-proxy.conf`;
  const uri = uriOnHost(host.chain, host.documents, path);
  const values = valuesOf(from);
  if (uri === undefined || !values || host.documents.some((document) => document.uri === uri)) return undefined;
  const made = generateSnippet(unit === "docker" ? "docker-dropin" : "runner-dropin", values, host.docker0[0] ?? "");
  if ("problem" in made) return undefined;
  return { title: msg("Create {0}", `/${path}`), edits: [], creates: { uri, text: made.text }, safe: false };
}

/** The values of another hop in a unit's file that has none. */
export function giveUnit(document: Document, scope: Scope, from: Environment, unit: string): ReportedFix | undefined {
  const values = valuesOf(from);
  const edits =
    values &&
    editsOf(
      document,
      scope,
      named(values, (variable) => [variable.toUpperCase()]),
    );
  return edits && { title: msg("Give {0} the same proxy", `${unit}.service`), edits, safe: false };
}

/** The values of a service in a runner's `environment`, in both letter cases, and with docker0 for this host. */
export function fillEnvironment(
  { document, scope }: RunnerHops,
  from: Environment,
  host: HostChain,
): ReportedFix | undefined {
  const reachable = (variable: AddressVariable) => {
    const value = meantFor(variable, from).at(-1)?.assignment.value;
    const endpoint = value && endpointOf(value, false, host);
    const docker0 = host.docker0[0];
    if (!value || !endpoint?.local || scope.container === false || docker0 === undefined) return undefined;
    return value.text.slice(0, endpoint.hostSpan.start) + docker0 + value.text.slice(endpoint.hostSpan.end);
  };
  const values = valuesOf(from, reachable);
  const edits = values && editsOf(document, scope, named(values, bothNames));
  return edits && { title: msg("Set the proxy of the services in environment"), edits, safe: false };
}

/** undefined where the files do not say an address in full. */
function valuesOf(
  from: Environment,
  instead: (variable: AddressVariable) => string | undefined = () => undefined,
): Values | undefined {
  const known = (variable: ProxyVariable) => {
    const assignment = meantFor(variable, from).at(-1)?.assignment;
    return assignment && !assignment.external && !assignment.value.hasUnknown() ? assignment.value.text : undefined;
  };
  const address = (variable: AddressVariable) => instead(variable) ?? known(variable);
  const http = address("http_proxy") ?? address("https_proxy");
  const https = address("https_proxy") ?? http;
  if (http === undefined || https === undefined) return undefined;
  return { httpProxy: http, httpsProxy: https, noProxy: known("no_proxy") ?? ownHost };
}

function named(values: Values, names: (variable: ProxyVariable) => readonly string[]): readonly [string, string][] {
  const all: readonly [ProxyVariable, string][] = [
    ["http_proxy", values.httpProxy],
    ["https_proxy", values.httpsProxy],
    ["no_proxy", values.noProxy],
  ];
  return all.flatMap(([variable, value]) => names(variable).map((name): [string, string] => [name, value]));
}

function editsOf(
  document: Document,
  scope: Scope,
  variables: readonly (readonly [string, string])[],
): readonly TextEdit[] | undefined {
  const after = withVariables(document, scope, variables);
  if (after === undefined || after === document.text) return undefined;
  return difference(document.text, after).map(({ span, template }) => ({ span, newText: plainText(template) }));
}
