import type { Tree } from "../formats/index.js";
import { usesLocalDocker } from "../formats/runner-toml/executor.js";
import type { Runner } from "../formats/runner-toml/runner.js";
import { type ClientName, clientNames } from "../proxy/clients.js";
import type { Scope, Script } from "../proxy/settings.js";
import { variableOf } from "../proxy/variables.js";
import { isConditional, lasts } from "../shell/command.js";
import { scriptChanges } from "../shell/facts/assignments.js";
import { gitConfigs } from "../shell/facts/git-config.js";
import type { MappedText } from "../text/mapped-text.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Document } from "./document.js";
import { type Environment, type Given, givenBy, givenWithInherited, nothing } from "./environment.js";

export const hopKinds = ["job", "service", "helper", "runner", "docker-client", "dockerd", "cntlm", "proxy"] as const;
export type HopKind = (typeof hopKinds)[number];

/** Where something is said. */
export interface Place {
  readonly document: Document;
  readonly span: Span;
}

/** A process, or a container's processes, that makes requests of its own or passes them on. */
export interface Hop {
  /** Unique in the chain: the kind, and what tells several of a kind apart (`job:docker-builder`). */
  readonly id: string;
  readonly kind: HopKind;
  /** The runner's name, the job's, the address of a company proxy; empty where there is but one of the kind. */
  readonly label: string;
  readonly environment: Environment;
  /** The measured programs that stand for those that run here. */
  readonly clients: readonly ClientName[];
  /** Its network is a container's own: 127.0.0.1 is the container. undefined: not known. */
  readonly container: boolean | undefined;
  readonly place: Place | undefined;
  /** `http.proxy` of git, which goes before the variables. */
  readonly gitProxy?: GitProxy;
}

/** A `git config http.proxy` of a script. */
export interface GitProxy {
  readonly document: Document;
  readonly value: MappedText;
}

/** One `[[runners]]` with the containers that it starts: a chain of its own. */
export interface RunnerHops {
  readonly document: Document;
  readonly runner: Runner;
  /** Its `environment`. */
  readonly scope: Scope;
  readonly environment: Environment;
  /** dockerd of this host starts the containers and pulls their images. */
  readonly localDocker: boolean;
  readonly hops: readonly Hop[];
}

const goPrograms: readonly ClientName[] = ["go"];
const ofHelper: readonly ClientName[] = ["git", "go"];
/** The docker client stands beside Go, since a job often runs it. */
export const ofJob: readonly ClientName[] = clientNames;

/** The measured programs that stand behind a hop. */
export function clientsAt(kind: HopKind): readonly ClientName[] {
  if (kind === "job" || kind === "docker-client") return ofJob;
  if (kind === "helper") return ofHelper;
  return kind === "cntlm" || kind === "proxy" ? [] : goPrograms;
}

const runnersByTree = new WeakMap<Tree, readonly RunnerHops[]>();

/** The runners of a config.toml; none of another file. */
export function runnersOf(document: Document): readonly RunnerHops[] {
  const { tree } = document;
  if (tree.format !== "runner-toml") return [];
  let found = runnersByTree.get(tree);
  if (!found) {
    found = tree.runners.flatMap((runner) => {
      const scope = document.settings.scopes.find(({ id }) => id === `runners[${runner.index}].environment`);
      return scope ? [runnerHops(document, runner, scope)] : [];
    });
    runnersByTree.set(tree, found);
  }
  return found;
}

function runnerHops(document: Document, runner: Runner, scope: Scope): RunnerHops {
  const name = scope.label === "" ? `runners[${runner.index}]` : scope.label;
  const environment = { given: givenBy(document, scope), open: openOf(scope) };
  const place = { document, span: runner.span };
  const { container } = scope;
  const hop = (kind: HopKind, label: string, own: Environment): Hop => {
    return { id: `${kind}:${label}`, kind, label, environment: own, clients: clientsAt(kind), container, place };
  };
  const gitProxy = gitProxyOf(document, scope);
  return {
    document,
    runner,
    scope,
    environment,
    localDocker: usesLocalDocker(runner),
    hops: [
      hop("job", name, withExports(environment, document, scope, "job")),
      ...dindHops(document, scope, environment, name, hop),
      { ...hop("helper", name, withExports(environment, document, scope, "helper")), ...gitProxy },
    ],
  };
}

function dindHops(
  document: Document,
  scope: Scope,
  environment: Environment,
  name: string,
  hop: (kind: HopKind, label: string, environment: Environment) => Hop,
): readonly Hop[] {
  const services = document.settings.services.filter(({ dind, jobScope }) => dind && jobScope === scope);
  return services.map(({ aliases, ownScope }) => {
    const own = ownScope && ownScope !== scope ? givenBy(document, ownScope) : [];
    return hop("service", `${name}/${aliases[0] ?? "docker"}`, {
      given: [...environment.given, ...own],
      open: environment.open,
    });
  });
}

function openOf(scope: Scope): Message | undefined {
  if (scope.open) return msg("environment of config.toml is not known in full.");
  if (scope.readers.includes("service")) return undefined;
  return msg("A job without a container also has the variables of the runner's user.");
}

/** The environment with what its scripts export and unset for good. */
function withExports(
  { given, open }: Environment,
  document: Document,
  scope: Scope,
  place: Script["place"],
): Environment {
  return { given: exportsOf(document, scope, place).reduce<readonly Given[]>(applied, given), open };
}

/** What a script does for good to what it is given: it adds to it, or takes from it what has a name. */
type Export =
  | { readonly given: Given; readonly unset?: never }
  | { readonly unset: string; readonly conditional: boolean; readonly given?: never };

function applied(given: readonly Given[], change: Export): readonly Given[] {
  if (change.given) return [...given, change.given];
  const { unset, conditional } = change;
  return given.flatMap((one) => {
    if (!one.names.includes(unset)) return [one];
    if (conditional) return [{ ...one, conditional }];
    const names = one.names.filter((name) => name !== unset);
    return names.length > 0 ? [{ ...one, names }] : [];
  });
}

const exportsByScope = new WeakMap<Scope, Map<Script["place"], readonly Export[]>>();

function exportsOf(document: Document, scope: Scope, place: Script["place"]): readonly Export[] {
  const known = exportsByScope.get(scope) ?? new Map<Script["place"], readonly Export[]>();
  exportsByScope.set(scope, known);
  let found = known.get(place);
  if (!found) {
    found = document.settings.scripts
      .filter((script) => script.scope === scope && script.place === place && mentionsProxy(script))
      .flatMap((script) => exportedBy(script, document, scope));
    known.set(place, found);
  }
  return found;
}

function exportedBy(script: Script, document: Document, scope: Scope): readonly Export[] {
  return scriptChanges(script).flatMap(({ assignment, unset }): readonly Export[] => {
    const { command } = assignment ?? unset;
    if (!lasts(command)) return [];
    if (unset) return [{ unset: unset.name.text, conditional: isConditional(command) }];
    if (assignment.kind !== "export") return [];
    const { conditional } = assignment;
    const given = { document, scope, assignment, names: [assignment.name.text], ...(conditional && { conditional }) };
    return [{ given }];
  });
}

function mentionsProxy({ texts }: Script): boolean {
  return texts.some(({ text }) => /proxy/i.test(text));
}

/** What a script before the clone sets as git's own proxy. */
function gitProxyOf(document: Document, scope: Scope): { readonly gitProxy: GitProxy } | undefined {
  const found = document.settings.scripts
    .filter((script) => script.scope === scope && script.place === "helper" && mentionsProxy(script))
    .flatMap(gitConfigs)
    .findLast(({ name, action, once }) => name === "http.proxy" && action === "set" && !once);
  return found?.value && { gitProxy: { document, value: found.value } };
}

/**
 * The jobs of a CI file whose own variables or scripts say something of proxies, over the environment of the runner that
 * takes them.
 * @param base of the runner; open where it is not known which runner that is
 */
export function ciHops(document: Document, base: Environment, runner: string): readonly Hop[] {
  return [...document.settings.scopes, ...otherJobs(document)].flatMap((scope): readonly Hop[] => {
    if (scope.kind !== "ci-global" && scope.kind !== "ci-job") return [];
    const given = ciEnvironment(document, scope, base);
    const hops = ciServices(document, scope, base, runner);
    const own = given.given.slice(base.given.length);
    if (!own.some(({ assignment }) => assignment.variable) && !changesProxies(document, scope)) return hops;
    const label = [runner, scope.label === "" ? "variables" : scope.label].filter((part) => part !== "").join("/");
    const job: Hop = {
      id: `job:${label}`,
      kind: "job",
      label,
      environment: withExports(given, document, scope, "job"),
      clients: ofJob,
      container: scope.container,
      place: { document, span: scope.span },
    };
    return [job, ...hops];
  });
}

/** What the scope and those above it give over the environment of the runner, scripts apart. */
function ciEnvironment(document: Document, scope: Scope, base: Environment): Environment {
  const own = givenWithInherited(document, scope).map((given) => inSomeRuns(given, scope));
  return {
    given: [...base.given, ...own],
    open: scope.open ? msg("The pipeline takes variables from places that the file does not show.") : base.open,
  };
}

/** The dind services of a job whose own variables say something of proxies. */
function ciServices(document: Document, job: Scope, base: Environment, runner: string): readonly Hop[] {
  const services = job.label.startsWith(".") ? [] : document.settings.services;
  return services.flatMap(({ dind, jobScope, ownScope, aliases }): readonly Hop[] => {
    if (!dind || jobScope?.id !== job.id || !ownScope?.assignments.some(({ variable }) => variable)) return [];
    const label = [runner, job.label, aliases[0] ?? "docker"].filter((part) => part !== "").join("/");
    return [
      {
        id: `service:${label}`,
        kind: "service",
        label,
        environment: ciEnvironment(document, ownScope, base),
        clients: clientsAt("service"),
        container: true,
        place: { document, span: ownScope.span },
      },
    ];
  });
}

/**
 * A value that a rule or a matrix of the job, or a rule of the pipeline over its global variables, replaces in some runs is as
 * little known as one from outside.
 */
function inSomeRuns(given: Given, job: Scope): Given {
  const { assignment, scope } = given;
  const varies = [job, scope].some(({ varied }) => varied?.includes(assignment.name.text));
  return varies ? { ...given, assignment: { ...assignment, external: true } } : given;
}

/** Jobs without variables of their own whose scripts or services have other proxies than they are given. */
function otherJobs(document: Document): readonly Scope[] {
  const { scopes, scripts } = document.settings;
  const listed = new Set(scopes.map(({ id }) => id));
  const others = new Set(
    scripts.flatMap(({ scope }) => (scope?.kind === "ci-job" && !listed.has(scope.id) ? scope : [])),
  );
  return [...others].filter((scope) => {
    // Of a hidden job no more than what the jobs that take it over show.
    if (scope.label.startsWith(".")) return false;
    return changesProxies(document, scope) || ciServices(document, scope, nothing, "").length > 0;
  });
}

function changesProxies(document: Document, scope: Scope): boolean {
  return exportsOf(document, scope, "job").some(
    ({ given, unset }) => variableOf(given ? given.assignment.name.text : unset) !== undefined,
  );
}

/** What the docker client of this host gives to the containers and builds that it starts. */
export function dockerClientHops(document: Document): readonly Hop[] {
  return document.settings.scopes
    .filter(({ kind }) => kind === "docker-client")
    .map((scope) => ({
      id: `docker-client:${scope.label}`,
      kind: "docker-client",
      label: scope.label,
      environment: { given: givenBy(document, scope), open: undefined },
      clients: ofJob,
      container: scope.container,
      place: { document, span: scope.span },
    }));
}
