import type { FormatId } from "../formats/format.js";
import { type AnyFormat, formatById } from "../formats/index.js";
import type { Scope } from "../proxy/settings.js";
import { holdsAddress, type ProxyVariable, proxyVariables, variableOf } from "../proxy/variables.js";
import type { Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import { applyEdits } from "../text/span.js";
import { pathOf } from "../text/uri.js";
import { Document } from "../workspace/document.js";
import { bothCases, fillSnippet } from "./snippets.js";
import { plainText } from "./template.js";
import { cntlmPort, completeValues, type ProxyValues, problemOf } from "./values.js";

/** What a host is to be set up for. */
export interface SetUpRequest {
  /** The proxy that everyone is to use; without one it is a cntlm of this host. */
  readonly proxy?: string;
  /** With cntlm: the company's proxies, `host:port`. */
  readonly parents?: readonly string[];
  /** With cntlm: the account. Its password is never asked for. */
  readonly username?: string;
  readonly domain?: string;
  /** What `cntlm -H` prints as PassNTLMv2: 32 hexadecimal digits. */
  readonly hash?: string;
  /** The bypass list. */
  readonly noProxy?: string;
}

/** A file of the host as it should be. */
export interface SetUpFile {
  readonly uri: string;
  /** On the host. */
  readonly path: string;
  readonly text: string;
  /** undefined: there is none yet. */
  readonly before: string | undefined;
}

export type SetUp = { readonly files: readonly SetUpFile[] } | { readonly problem: Message };

/**
 * Every file of the chain with the proxy in it: cntlm's where it is wanted, the drop-ins of docker and gitlab-runner, the runners'
 * environment. Files that are there are amended: what they hold besides stays. Asked again, nothing changes.
 * @param root URI of the folder that holds `etc`
 */
export function setUp(service: Service, root: string, request: SetUpRequest): SetUp {
  const docker0 = service.options.docker0Address;
  const { proxy, noProxy } = request;
  const given = { ...(proxy !== undefined && { httpProxy: proxy }), ...(noProxy !== undefined && { noProxy }) };
  const problem = problemOf({
    ...given,
    ...(request.username !== undefined && { username: request.username }),
    ...(request.domain !== undefined && { domain: request.domain }),
  });
  if (problem) return { problem };
  if (proxy !== undefined && !/^https?:\/\/[^\s@/]+:\d{1,5}\/?$/.test(proxy)) {
    return { problem: msg("Write the proxy as http://host:port, without an account.") };
  }
  const parents = request.parents ?? [];
  if (proxy === undefined && (parents.length === 0 || !parents.every((parent) => /^[\w.-]+:\d{1,5}$/.test(parent)))) {
    return { problem: msg("Name the proxy, or the company's proxies for cntlm as host:port.") };
  }
  if (request.hash !== undefined && !/^[\dA-Fa-f]{32}$/.test(request.hash)) {
    return { problem: msg("A PassNTLMv2 has 32 hexadecimal digits.") };
  }
  const values = completeValues(given, docker0);
  const host = new HostFiles(service, root);
  if (proxy === undefined)
    host.write("etc/cntlm.conf", "cntlm-conf", (document) => withCntlm(document, request, docker0));
  for (const unit of ["docker", "gitlab-runner"] as const) {
    const folder = `etc/systemd/system/${unit}.service.d`;
    const fallback = generated(unit === "docker" ? "docker-dropin" : "runner-dropin", values, docker0);
    host.write(host.dropin(folder) ?? `${folder}/http-proxy.conf`, "systemd-dropin", (document) =>
      document ? withScopes(document, values, "unit") : fallback,
    );
  }
  host.write("etc/gitlab-runner/config.toml", "runner-toml", (document) =>
    withScopes(
      document ?? host.make("etc/gitlab-runner/config.toml", "runner-toml", newRunner),
      values,
      "runner-environment",
    ),
  );
  if (proxy === undefined && !host.ordersCntlm()) {
    const path = "etc/systemd/system/cntlm.service.d/after-docker.conf";
    host.write(path, "systemd-dropin", (document) => document?.text ?? afterDocker);
  }
  return { files: host.files };
}

const newRunner = `concurrent = 1

# \`gitlab-runner register\` adds the runner's url and token
[[runners]]
  name = "docker"
  executor = "docker"
  environment = []
  [runners.docker]
    image = "alpine:latest"
`;

/** docker0 is there once docker.service has started. */
const afterDocker = `# /etc/systemd/system/cntlm.service.d/after-docker.conf
# cntlm exits where the address that it listens on is not there yet
[Unit]
After=docker.service
Wants=docker.service
`;

/** The files below a host's root: those that the service knows, and those to be made. */
class HostFiles {
  readonly files: SetUpFile[] = [];
  private readonly root: string;

  constructor(
    private readonly service: Service,
    root: string,
  ) {
    this.root = root.endsWith("/") ? root : `${root}/`;
  }

  /** @param textOf the file as it should be; the same text leaves it alone */
  write(path: string, format: FormatId, textOf: (document: Document | undefined) => string): void {
    const uri = this.root + path;
    const document = this.service.document(uri);
    if (document && document.format.id !== format) return;
    const text = textOf(document);
    if (text !== document?.text) this.files.push({ uri, path: `/${path}`, text, before: document?.text });
  }

  make(path: string, format: FormatId, text: string): Document {
    const made: AnyFormat = formatById(format);
    return new Document(this.root + path, text, 0, made);
  }

  /** Whether a unit file of cntlm says that it starts after docker. */
  ordersCntlm(): boolean {
    return this.service.uris().some((uri) => {
      const tree = uri.startsWith(this.root) ? this.service.document(uri)?.tree : undefined;
      if (tree?.format !== "systemd-dropin" || tree.file.program !== "cntlm") return false;
      return tree.dependencies("After").some(({ text }) => text === "docker.service");
    });
  }

  /** The drop-in of a folder that already sets a proxy, below the root. */
  dropin(folder: string): string | undefined {
    const start = pathOf(this.root);
    const uri = this.service.uris().find((one) => {
      const settings = this.service.document(one)?.settings;
      return (
        pathOf(one).startsWith(`${start}${folder}/`) &&
        settings?.scopes.some(({ assignments }) => assignments.some(({ variable }) => variable))
      );
    });
    return uri === undefined ? undefined : pathOf(uri).slice(start.length);
  }
}

function generated(id: "docker-dropin" | "runner-dropin", values: ProxyValues, docker0: string): string {
  const filled = fillSnippet(id, values, docker0);
  return "template" in filled ? plainText(filled.template) : "";
}

/** The document's text with the values in every scope of a kind. */
function withScopes(document: Document, values: ProxyValues, kind: Scope["kind"]): string {
  let current = document;
  const ids = document.settings.scopes.filter((scope) => scope.kind === kind).map(({ id }) => id);
  for (const id of ids) current = withValues(current, id, values);
  return current.text;
}

function withValues(document: Document, id: string, values: ProxyValues): Document {
  let current = document;
  const scopeOf = () => current.settings.scopes.find((scope) => scope.id === id);
  const edit = (edits: ReturnType<AnyFormat["addAssignment"]>) => {
    if (edits) current = new Document(current.uri, applyEdits(current.text, edits), current.version, current.format);
  };
  // What another tool fills in stays; a proxy by another name (all_proxy) is none of ours.
  for (const variable of proxyVariables) {
    const wanted = wantedOf(variable, values);
    const count = scopeOf()?.assignments.length ?? 0;
    for (let index = 0; index < count && wanted !== undefined; index++) {
      const assignment = scopeOf()?.assignments[index];
      if (assignment?.variable !== variable || assignment.value.hasUnknown() || assignment.external) continue;
      if (assignment.value.text !== wanted)
        edit(assignment.value.replace({ start: 0, end: assignment.value.text.length }, wanted));
    }
  }
  const unit = scopeOf()?.kind === "unit";
  for (const [name, value] of bothCases(values)) {
    const scope = scopeOf();
    // Go reads both letter cases, and one is enough for the services.
    if (!scope || (unit && scope.assignments.some((one) => one.variable === variableOf(name)))) continue;
    if (unit && name !== name.toUpperCase()) continue;
    if (scope.assignments.some((one) => one.name.text === name)) continue;
    edit(current.format.addAssignment(current.tree, scope, name, value));
  }
  return current;
}

function wantedOf(variable: ProxyVariable, { httpProxy, httpsProxy, noProxy }: ProxyValues): string | undefined {
  if (!holdsAddress(variable)) return noProxy;
  return variable === "http_proxy" ? httpProxy : variable === "https_proxy" ? httpsProxy : undefined;
}

/** A cntlm.conf that listens where containers reach it and hands on to the company's proxies. */
function withCntlm(document: Document | undefined, request: SetUpRequest, docker0: string): string {
  const { parents = [], username = "", domain = "" } = request;
  const listen = `${docker0}:${cntlmPort}`;
  const account = [
    ...(username === "" ? [] : [`Username     ${username}`]),
    ...(domain === "" ? [] : [`Domain       ${domain}`]),
  ];
  const tree = document?.tree;
  if (tree?.format !== "cntlm-conf" || !document) {
    const hint = "# Add the line PassNTLMv2 that `cntlm -H -u USER -d DOMAIN` prints";
    const login = request.hash === undefined ? hint : `PassNTLMv2   ${request.hash}`;
    return [...account, login, ...parents.map((parent) => `Proxy        ${parent}`), `Listen       ${listen}`, ""].join(
      "\n",
    );
  }
  const serves = tree.addresses.some(({ role, host, port }) => {
    return role === "listen" && port === cntlmPort && (host === docker0 || host === "0.0.0.0");
  });
  const known = new Set(tree.all("Proxy").map(({ value }) => value.text));
  const missing = [
    ...parents.filter((parent) => !known.has(parent)).map((parent) => `Proxy        ${parent}`),
    ...(serves ? [] : [`Listen       ${listen}`]),
  ];
  if (missing.length === 0) return document.text;
  const eol = document.text.includes("\r\n") ? "\r\n" : "\n";
  const end = document.text === "" || document.text.endsWith("\n") ? "" : eol;
  return document.text + end + missing.map((line) => line + eol).join("");
}
