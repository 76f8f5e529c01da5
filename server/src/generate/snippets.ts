import type { FormatId } from "../formats/format.js";
import { parseCidr } from "../proxy/ip.js";
import { type Message, msg } from "../text/message.js";
import { type DindTarget, generateDindScript } from "./dind-script.js";
import { quoteSystemd, quoteToml, unexpanded } from "./quote.js";
import { scriptLines } from "./script-quoting.js";
import { type Field, field, lines, plainText, type Template, template } from "./template.js";
import { cntlmPort, completeValues, type ProxyValues, problemOf } from "./values.js";

export const snippetIds = [
  "cntlm",
  "docker-dropin",
  "docker-dropin-addresses",
  "runner-dropin",
  "runner-dropin-addresses",
  "runner-config",
  "pre-build-script",
  "docker-config",
  "daemon",
  "before-script",
  "dind-service",
] as const;
export type SnippetId = (typeof snippetIds)[number];

/** The values that a person gave; the rest is filled in. */
export type GivenValues = Partial<ProxyValues>;

/** The canonical block of one place. */
export interface Snippet {
  readonly id: SnippetId;
  readonly format: FormatId;
  readonly label: Message;
  readonly detail: Message;
  template(values: ProxyValues, given: GivenValues): Template;
}

export const snippets: readonly Snippet[] = [
  {
    id: "cntlm",
    format: "cntlm-conf",
    label: msg("cntlm.conf bound to docker0"),
    detail: msg("Account, parent proxies and a Listen address that containers reach"),
    template: cntlm,
  },
  {
    id: "docker-dropin",
    format: "systemd-dropin",
    label: msg("Drop-in of docker.service"),
    detail: msg("The proxy through which dockerd pulls and pushes images"),
    template: (values) => dropin("docker", values, true),
  },
  {
    id: "docker-dropin-addresses",
    format: "systemd-dropin",
    label: msg("Drop-in of docker.service without NO_PROXY"),
    detail: msg("For a host whose registries are all reached through the proxy"),
    template: (values) => dropin("docker", values, false),
  },
  {
    id: "runner-dropin",
    format: "systemd-dropin",
    label: msg("Drop-in of gitlab-runner.service"),
    detail: msg("The proxy through which the runner reaches GitLab"),
    template: (values) => dropin("gitlab-runner", values, true),
  },
  {
    id: "runner-dropin-addresses",
    format: "systemd-dropin",
    label: msg("Drop-in of gitlab-runner.service without NO_PROXY"),
    detail: msg("For a runner whose GitLab is reached through the proxy"),
    template: (values) => dropin("gitlab-runner", values, false),
  },
  {
    id: "runner-config",
    format: "runner-toml",
    label: msg("Proxy of the jobs in config.toml"),
    detail: msg("environment in both letter cases, and git's proxy before the sources are fetched"),
    template: runnerConfig,
  },
  {
    id: "pre-build-script",
    format: "runner-toml",
    label: msg("pre_build_script that writes .docker/config.json"),
    detail: msg("Gives the docker client of a job its proxies, for Docker-in-Docker"),
    template: (_, given) => script("config.toml", given),
  },
  {
    id: "docker-config",
    format: "docker-json",
    label: msg("Proxy of containers in .docker/config.json"),
    detail: msg("What the docker client gives to the containers and builds that it starts"),
    template: dockerConfig,
  },
  {
    id: "daemon",
    format: "docker-json",
    label: msg("Proxy of dockerd in daemon.json"),
    detail: msg("Docker 23.0 and later, instead of a drop-in"),
    template: daemon,
  },
  {
    id: "before-script",
    format: "gitlab-ci",
    label: msg("before_script that writes .docker/config.json"),
    detail: msg("Gives the docker client of a job its proxies, for Docker-in-Docker"),
    template: (_, given) => script(".gitlab-ci.yml", given),
  },
  {
    id: "dind-service",
    format: "gitlab-ci",
    label: msg("Docker-in-Docker service with its NO_PROXY"),
    detail: msg("The service, TLS, and the way to it past the proxy"),
    template: dindService,
  },
];

export function isSnippetId(id: string): id is SnippetId {
  return snippetIds.some((known) => known === id);
}

export function snippetById(id: SnippetId): Snippet {
  const found = snippets.find((snippet) => snippet.id === id);
  if (!found) throw new Error(`no snippet ${id}`);
  return found;
}

/** A snippet filled with values, LF between lines, or why it cannot be written. */
export type FilledSnippet = { readonly template: Template } | { readonly problem: Message };

/** @param docker0Address of the settings; a given one goes before it */
export function fillSnippet(id: SnippetId, given: GivenValues, docker0Address: string): FilledSnippet {
  const problem = problemOf(given);
  if (problem) return { problem };
  if (id === "cntlm" && (given.httpProxy ?? given.httpsProxy) && !parentOf(given)) {
    return { problem: msg("cntlm takes its parent proxies as host:port, by name or IPv4 address.") };
  }
  return { template: snippetById(id).template(completeValues(given, docker0Address), given) };
}

/** A snippet as plain text, as the command line prints it. */
export function generateSnippet(
  id: SnippetId,
  given: GivenValues,
  docker0Address: string,
): { readonly text: string } | { readonly problem: Message } {
  const filled = fillSnippet(id, given, docker0Address);
  return "problem" in filled ? filled : { text: plainText(filled.template) };
}

type Write = (text: string) => string;

/** One tab stop for one value, so that the address is typed once. */
function value(text: string, write: Write): Field {
  return field(text, write(text));
}

/** cntlm's own bypass list has wildcards; a name of it covers no sub-domains. */
const cntlmNoProxy = "localhost, 127.0.0.*, 10.*, 192.168.*";

function cntlm(values: ProxyValues, given: GivenValues): Template {
  const address = parentOf(given);
  const own = address?.host === values.docker0 || /^(?:localhost$|127\.)/.test(address?.host ?? "");
  const port = own ? address?.port : cntlmPort;
  const parents = address && !own ? [`${address.host}:${address.port}`] : ["10.0.0.41:8080", "10.0.0.42:8080"];
  const bypass = given.noProxy === undefined ? cntlmNoProxy : wildcards(given.noProxy);
  return lines(
    template`Username     ${field("user", "testuser")}`,
    template`Domain       ${field("domain", "corp-uk")}`,
    "# Safer: the line PassNTLMv2 that `cntlm -H -u USER -d DOMAIN` prints",
    template`Password     ${field("password", "password")}`,
    ...parents.map((parent, index) => template`Proxy        ${field(`parent ${index}`, parent)}`),
    ...(bypass === "" ? [] : [template`NoProxy      ${field("bypass", bypass)}`]),
    "# The address of docker0: containers reach it, other machines do not",
    template`Listen       ${field("listen", `${values.docker0}:${port}`)}`,
  );
}

/** Host and port of the proxy that was named; undefined where none was, or none that cntlm can be told. */
function parentOf({
  httpProxy,
  httpsProxy,
}: GivenValues): { readonly host: string; readonly port: string } | undefined {
  const match = /^(?:(https?):\/\/)?(?:.*@)?([^\s/:@[\]]+)(?::(\d+))?\/?$/i.exec(httpProxy ?? httpsProxy ?? "");
  const [, scheme = "http", host, port = /^https$/i.test(scheme) ? "443" : "80"] = match ?? [];
  return host === undefined ? undefined : { host, port };
}

/** A bypass list in cntlm's language: a domain's sub-domains and a block of addresses are wildcards there. */
function wildcards(noProxy: string): string {
  const entries = noProxy.split(",").flatMap((entry) => {
    const name = entry.trim();
    if (name.includes("/")) return blockWildcards(name);
    if (name === "") return [];
    if (name.startsWith(".")) return [`*${name}`];
    return [name.replace(/^([^:]+|\[[^\]]*\]):\d+$/, "$1")];
  });
  return [...new Set(entries)].join(", ");
}

/** The wildcards that are together a block of IPv4 addresses; none where those are too many, and for IPv6. */
function blockWildcards(block: string): readonly string[] {
  const { address, bits } = parseCidr(block) ?? {};
  if (!address || bits === undefined || address.length !== 4 || bits === 0) return [];
  const octets = Math.ceil(bits / 8);
  const count = 2 ** (octets * 8 - bits);
  if (count > 16) return [];
  const head = [...address.slice(0, octets - 1)];
  const first = Math.floor((address[octets - 1] ?? 0) / count) * count;
  return Array.from({ length: count }, (_, index) => [...head, first + index].join(".") + (octets < 4 ? ".*" : ""));
}

function dropin(unit: string, values: ProxyValues, list: boolean): Template {
  const line = (name: string, text: string) => template`Environment="${name}=${value(text, quoteSystemd)}"`;
  return lines(
    `# /etc/systemd/system/${unit}.service.d/http-proxy.conf`,
    `# After an edit: systemctl daemon-reload && systemctl restart ${unit}`,
    "[Service]",
    line("HTTP_PROXY", values.httpProxy),
    line("HTTPS_PROXY", values.httpsProxy),
    ...(list ? [line("NO_PROXY", values.noProxy)] : []),
  );
}

/** Both letter cases: curl, wget and git take no HTTP_PROXY, and scripts often name the upper case. */
export function bothCases(values: ProxyValues): readonly (readonly [name: string, value: string])[] {
  return [
    ["HTTP_PROXY", values.httpProxy],
    ["HTTPS_PROXY", values.httpsProxy],
    ["NO_PROXY", values.noProxy],
    ["http_proxy", values.httpProxy],
    ["https_proxy", values.httpsProxy],
    ["no_proxy", values.noProxy],
  ];
}

/** git has no option https.proxy; http.proxy serves both kinds of address. */
export const getSourcesScript = 'git config --global http.proxy "$HTTP_PROXY"';

function runnerConfig(values: ProxyValues): Template {
  const inside: Write = (text) => quoteToml(unexpanded(text)).slice(1, -1);
  return lines(
    "# In [[runners]], above its first sub-table",
    `pre_get_sources_script = '${getSourcesScript}'`,
    "environment = [",
    ...bothCases(values).map(([name, text]) => template`  "${name}=${value(text, inside)}",`),
    "]",
  );
}

function dockerConfig(values: ProxyValues): Template {
  return proxiesObject("default", ["httpProxy", "httpsProxy", "noProxy"], values);
}

function daemon(values: ProxyValues): Template {
  return proxiesObject(undefined, ["http-proxy", "https-proxy", "no-proxy"], values);
}

function proxiesObject(
  endpoint: string | undefined,
  keys: readonly [string, string, string],
  values: ProxyValues,
): Template {
  const inside: Write = (text) => JSON.stringify(text).slice(1, -1);
  const indent = endpoint === undefined ? "    " : "      ";
  return lines(
    "{",
    '  "proxies": {',
    ...(endpoint === undefined ? [] : [`    "${endpoint}": {`]),
    template`${indent}"${keys[0]}": "${value(values.httpProxy, inside)}",`,
    template`${indent}"${keys[1]}": "${value(values.httpsProxy, inside)}",`,
    template`${indent}"${keys[2]}": "${value(values.noProxy, inside)}"`,
    ...(endpoint === undefined ? [] : ["    }"]),
    "  }",
    "}",
  );
}

/** With no values given, it takes those of the job. */
function script(target: DindTarget, { docker0: _, ...given }: GivenValues): Template {
  const made = generateDindScript({ target, ...given });
  return "script" in made ? [scriptLines(made.script, target)] : [];
}

/** The addresses come from the runner's environment unless they are given; the list has to know the service. */
function dindService(values: ProxyValues, given: GivenValues): Template {
  const inside: Write = (text) => quoteToml(unexpanded(text)).slice(1, -1);
  const addresses = given.httpProxy !== undefined || given.httpsProxy !== undefined;
  return lines(
    "services:",
    "  - name: docker:dind",
    "    alias: docker",
    "variables:",
    "  DOCKER_HOST: tcp://docker:2376",
    '  DOCKER_TLS_CERTDIR: "/certs"',
    '  DOCKER_TLS_VERIFY: "1"',
    '  DOCKER_CERT_PATH: "/certs/client"',
    ...bothCases(values)
      .filter(([name]) => addresses || /^no_proxy$/i.test(name))
      .map(([name, text]) => template`  ${name}: "${value(text, inside)}"`),
  );
}
