import type { ClientName } from "../../proxy/clients.js";
import type {
  Assignment,
  NamedHost,
  ProxySettings,
  Reader,
  Scope,
  Script,
  ServiceContainer,
} from "../../proxy/settings.js";
import { spellingOf, variableOf } from "../../proxy/variables.js";
import { type Layer, MappedText } from "../../text/mapped-text.js";
import type { CiJob } from "./job.js";
import type { CiImage, CiScript, CiScriptKey, CiService, CiVariables } from "./nodes.js";
import type { GitlabCiTree } from "./tree.js";
import { areForWindows, mayRunOnWindows, shellOf } from "./windows.js";

const jobReaders: readonly Reader[] = ["job", "service", "helper"];

/** Kaniko's own image, from wherever it is pulled: nothing but its executor, which is Go, asks for anything in it. */
const kaniko = /(?:^|\/)kaniko-project\/executor(?:[:@]|$)/;
const kanikoClients: readonly ClientName[] = ["go"];

export const globalScopeId = "variables";

export function jobScopeId(name: string): string {
  return `jobs.${name}.variables`;
}

/**
 * What a CI file says about proxies. A scope is `open` where variables come from a place that the file does not show:
 * an `include:`, a job of another file that is extended, `rules:` (of `workflow:` too) or a matrix that set variables, a file that is itself
 * included. The project's CI variables in GitLab, which may add to any job, do not make it open: with them nothing could
 * ever be said.
 */
export function gitlabCiSettings(tree: GitlabCiTree): ProxySettings {
  return new SettingsReader(tree).read();
}

class SettingsReader {
  private readonly scopes: Scope[] = [];
  private readonly scripts: Script[] = [];
  private readonly services: ServiceContainer[] = [];
  private readonly hosts: NamedHost[] = [];
  private readonly assignments = new Map<number, readonly Assignment[]>();
  /** Lists of lines, and lines, that a script has shown already. */
  private readonly shown = new Set<readonly MappedText[] | MappedText>();
  private readonly open: boolean;
  private readonly global: Scope;

  constructor(private readonly tree: GitlabCiTree) {
    const { variables, varied } = tree;
    this.open = tree.part || tree.include !== undefined || varied.length > 0;
    this.global = {
      kind: "ci-global",
      id: globalScopeId,
      label: "",
      span: variables?.keySpan ?? { start: 0, end: 0 },
      readers: jobReaders,
      container: this.container,
      assignments: this.assignmentsOf(variables),
      open: this.open,
      ...(varied.length > 0 && { varied }),
      ...(variables && areForWindows(tree) && { windows: true }),
    };
    if (variables) this.scopes.push(this.global);
  }

  read(): ProxySettings {
    const { jobs } = this.tree;
    for (const job of jobs) if (!job.hidden) this.readJob(job);
    for (const job of jobs) if (job.hidden) this.readJob(job);
    this.readDefault();
    return { scopes: this.scopes, scripts: this.scripts, services: this.services, hosts: this.hosts, addresses: [] };
  }

  private get container(): boolean | undefined {
    return this.tree.containers ? true : undefined;
  }

  private readJob(job: CiJob): void {
    const { image } = job;
    const scope = this.scopeOf(job, image);
    if (job.variables) this.scopes.push(scope);
    const id = `jobs.${job.name}`;
    this.readScripts(job, id, scope);
    this.readContainers(job, image, id, scope);
  }

  /** Scripts and services that no job of this file takes over. */
  private readDefault(): void {
    const job = this.tree.default;
    this.readScripts(job, "default", this.global);
    if (this.tree.jobs.every((other) => other.hidden)) this.readContainers(job, job.image, "default", this.global);
  }

  private readScripts(job: CiJob, id: string, scope: Scope): void {
    const found = (["pre_get_sources_script", "before_script", "script", "after_script"] as const).flatMap(
      (key) => job.script(key) ?? [],
    );
    // A hidden job and the defaults are of interest as far as no job that runs has shown them.
    if ((job.hidden || job === this.tree.default) && found.every((script) => this.isShown(script.lines))) return;
    for (const script of found) this.scripts.push(this.toScript(script, id, scope));
  }

  private toScript(script: CiScript, id: string, scope: Scope): Script {
    const repeated = this.isShown(script.lines);
    if (!this.shown.has(script.lines)) for (const line of script.lines) this.shown.add(line);
    this.shown.add(script.lines);
    return {
      key: script.key,
      keySpan: script.keySpan,
      group: groupOf(script.key, id),
      place: script.key === "pre_get_sources_script" ? "helper" : "job",
      shell: shellOf(script.lines),
      texts: script.lines,
      scope,
      ...(repeated && { repeated }),
      ...(script.partial && { partial: true }),
    };
  }

  private isShown(lines: readonly MappedText[]): boolean {
    return this.shown.has(lines) || (lines.length > 0 && lines.every((line) => this.shown.has(line)));
  }

  private readContainers({ services }: CiJob, image: CiImage | undefined, id: string, scope: Scope): void {
    if (image) this.hosts.push({ kind: "image", value: image.name, readers: ["dockerd"], scope });
    services.forEach((service, index) => {
      this.hosts.push({ kind: "image", value: service.image, readers: ["dockerd"], scope });
      this.services.push(this.toContainer(service, id, index, scope));
    });
  }

  private toContainer(service: CiService, owner: string, index: number, jobScope: Scope): ServiceContainer {
    const id = `${owner}.services[${index}]`;
    const ownScope = service.variables && this.serviceScope(service, service.variables, id, jobScope);
    if (ownScope) this.scopes.push(ownScope);
    const tlsCertDir = knownValue(ownScope ?? jobScope, "DOCKER_TLS_CERTDIR");
    return {
      owner,
      image: service.image,
      aliases: service.aliases,
      ...(service.aliasSpan && { aliasSpan: service.aliasSpan }),
      dind: service.dind,
      span: service.span,
      jobScope,
      ...(ownScope && { ownScope }),
      ...(tlsCertDir !== undefined && { tlsCertDir }),
    };
  }

  private serviceScope(service: CiService, variables: CiVariables, id: string, jobScope: Scope): Scope {
    return {
      kind: "service",
      id: `${id}.variables`,
      label: service.image.text,
      span: variables.keySpan,
      readers: ["service"],
      container: true,
      assignments: this.assignmentsOf(variables),
      inherits: jobScope,
      open: jobScope.open,
    };
  }

  /** The job's scope over those of the jobs that it extends, over the global one. */
  private scopeOf(job: CiJob, image: CiImage | undefined): Scope {
    const { variesByRun } = job;
    const open = this.open || job.extendsOutside || variesByRun;
    const varied = variesByRun ? job.varied : [];
    const all = this.global.assignments.length > 0 ? this.inheritedGlobal(job) : undefined;
    const windows = mayRunOnWindows(job);
    const clients = image && kaniko.test(image.name.text) ? kanikoClients : undefined;
    let scope = all;
    for (const layer of job.layers) {
      const { variables, name, keySpan } = layer.job;
      if (!variables && layer.job !== job) continue;
      scope = {
        kind: "ci-job",
        id: jobScopeId(name),
        label: name,
        span: variables?.keySpan ?? keySpan,
        readers: jobReaders,
        ...(clients && { clients }),
        container: this.container,
        assignments: this.assignmentsOf(variables),
        ...(scope && { inherits: scope }),
        ...(varied.length > 0 && { varied }),
        open,
        ...(windows && { windows }),
      };
    }
    return scope ?? this.global;
  }

  /** What `inherit: variables:` lets through of the global variables. */
  private inheritedGlobal(job: CiJob): Scope | undefined {
    if (job.values("inherit").length === 0) return this.global;
    const assignments = this.global.assignments.filter(({ name }) => job.inherits("variables", name.text));
    return assignments.length > 0 ? { ...this.global, assignments } : undefined;
  }

  private assignmentsOf(variables: CiVariables | undefined): readonly Assignment[] {
    if (!variables) return [];
    const key = variables.keySpan.start;
    let assignments = this.assignments.get(key);
    if (!assignments) {
      assignments = variables.variables.map(({ name, value, span, list }) => {
        const variable = variableOf(name.text);
        return {
          ...(variable && { variable }),
          spelling: spellingOf(name.text),
          name,
          value: value ?? emptyAt(this.tree, span.end),
          span,
          ...(list && { external: true }),
        };
      });
      this.assignments.set(key, assignments);
    }
    return assignments;
  }
}

/** No value (`no_proxy:`), or a mapping without one: whatever is written there would become part of the key or of the mapping. */
const unwritable: Layer = { name: "yaml-no-value", encode: () => undefined };

function emptyAt(tree: GitlabCiTree, offset: number): MappedText {
  return MappedText.decoded(tree.source, unwritable, { start: offset, end: offset }, "", []);
}

/** before_script and script run in one shell, after_script in one of its own. */
function groupOf(key: CiScriptKey, id: string): string {
  if (key === "after_script" || key === "pre_get_sources_script") return `${id}.${key}`;
  return `${id}.script`;
}

/** A variable's value, where this file alone says it. */
function knownValue(start: Scope, name: string): string | undefined {
  for (let scope: Scope | undefined = start; scope; scope = scope.inherits) {
    const found = scope.assignments.findLast((assignment) => assignment.name.text === name);
    if (found) return found.value.hasUnknown() ? undefined : found.value.text;
  }
  return undefined;
}
