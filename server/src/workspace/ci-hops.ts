import type { Scope, ServiceContainer } from "../proxy/settings.js";
import { variableOf } from "../proxy/variables.js";
import { type Message, msg } from "../text/message.js";
import type { Document } from "./document.js";
import { type Environment, type Given, givenWithInherited } from "./environment.js";
import { clientsAt, type Hop, type HopKind, type RunnerHops, withScriptsOf } from "./hops.js";
import { changesProxies, type ScriptPlace } from "./script-effects.js";

/**
 * What the jobs of a CI file are given, over the environment of the runner that takes them: a job's container, its dind services
 * and its helper container, each where the file says something of its proxies. Jobs of which it says nothing are like the global
 * variables, or the runner, have them.
 * @param runner undefined where it is not known which takes the jobs
 * @param open why that is
 */
export function ciHops(document: Document, runner: RunnerHops | undefined, open: Message): readonly Hop[] {
  const base = runner?.environment ?? { given: [], open };
  return new CiReader(document, base, runner).read();
}

class CiReader {
  private readonly jobs: readonly Scope[];
  private readonly hops: Hop[] = [];
  private readonly known: Set<string>;
  private readonly dinds: readonly ServiceContainer[];

  constructor(
    private readonly document: Document,
    private readonly base: Environment,
    private readonly runner: RunnerHops | undefined,
  ) {
    this.jobs = jobScopes(document);
    this.known = new Set(runner?.hops.map(({ id }) => id));
    this.dinds = document.settings.services.filter(({ dind }) => dind);
  }

  read(): readonly Hop[] {
    const { hops } = this;
    for (const scope of this.jobs) {
      if (this.showsJob(scope)) hops.push(this.job(scope));
      if (scope.kind === "ci-job" && !isHidden(scope)) this.readServices(scope);
      if (this.showsHelper(scope)) hops.push(this.helper(scope));
    }
    return hops;
  }

  private job(scope: Scope): Hop {
    return withScriptsOf(
      this.hop("job", [scope.label === "" ? "variables" : scope.label], scope, this.environment(scope)),
      this.scripts(scope, "job"),
    );
  }

  private helper(scope: Scope): Hop {
    return withScriptsOf(
      this.hop("helper", [scope.label === "" ? "variables" : scope.label], scope, this.environment(scope)),
      this.scripts(scope, "helper"),
    );
  }

  /** The runner's scripts run first in the shell of the job's. */
  private scripts(scope: Scope, place: ScriptPlace["place"]): readonly ScriptPlace[] {
    const { runner, document } = this;
    const first = runner ? [{ document: runner.document, scope: runner.scope, place }] : [];
    return [...first, { document, scope, place }];
  }

  private showsJob(scope: Scope): boolean {
    return this.saysOfVariables(scope) || changesProxies({ document: this.document, scope, place: "job" });
  }

  private showsHelper(scope: Scope): boolean {
    return this.saysOfVariables(scope) || changesProxies({ document: this.document, scope, place: "helper" });
  }

  /** Whether the job has other variables of proxies than its runner and, where it takes them over, the global ones give it. */
  private saysOfVariables(scope: Scope): boolean {
    if (scope.kind === "ci-global") return scope.assignments.some(({ variable }) => variable);
    const inherited = givenWithInherited(this.document, scope).filter(({ assignment }) => assignment.variable);
    const own = inherited.some((given) => given.scope.kind === "ci-job");
    const global = this.jobs.find(({ kind }) => kind === "ci-global")?.assignments ?? [];
    const taken = global.filter(({ variable, name }) => {
      return variable && !inherited.some(({ assignment }) => assignment.name === name);
    });
    const varied = scope.varied?.some((name) => variableOf(name)) === true;
    return own || taken.length > 0 || varied;
  }

  private readServices(job: Scope): void {
    for (const service of this.dinds) {
      if (service.jobScope?.id !== job.id) continue;
      const hop = this.service(job, service);
      if (!hop.environment.given.some(({ assignment }) => assignment.variable) || this.known.has(hop.id)) continue;
      this.known.add(hop.id);
      this.hops.push(hop);
    }
  }

  private service(job: Scope, { ownScope, aliases, span }: ServiceContainer): Hop {
    const own = ownScope?.assignments.some(({ variable }) => variable) === true;
    const scope = own ? ownScope : job;
    const label = [...(own || this.saysOfVariables(job) ? [job.label] : this.stand(job)), aliases[0] ?? "docker"];
    const place = own ? ownScope.span : span;
    return { ...this.hop("service", label, job, this.environment(scope)), container: true, place: this.at(place) };
  }

  /** What the jobs of which nothing is said of their own are shown by. */
  private stand(job: Scope): readonly string[] {
    const inherited = givenWithInherited(this.document, job).some(({ assignment }) => assignment.variable);
    return inherited ? ["variables"] : [];
  }

  private hop(kind: HopKind, names: readonly string[], scope: Scope, environment: Environment): Hop {
    const { label: runner = "" } = this.runner?.hops[0] ?? {};
    const label = [runner, ...names].filter((part) => part !== "").join("/");
    const { container } = scope;
    return {
      id: `${kind}:${label}`,
      kind,
      label,
      environment,
      clients: clientsAt(kind),
      container,
      place: this.at(scope.span),
    };
  }

  private at(span: Scope["span"]) {
    return { document: this.document, span };
  }

  /** What the scope and those above it give over the environment of the runner, scripts apart. */
  private environment(scope: Scope): Environment {
    const own = givenWithInherited(this.document, scope).map((given) => inSomeRuns(given, scope));
    if (!scope.open) return { given: [...this.base.given, ...own], open: this.base.open };
    const overridable = msg("The pipeline takes variables from places that the file does not show.");
    return { given: [...this.base.given.map((given) => ({ ...given, overridable })), ...own], open: overridable };
  }
}

/** Global variables, jobs that run, and hidden ones with variables that no job of the file takes over. */
function jobScopes({ settings }: Document): readonly Scope[] {
  const { scripts, services } = settings;
  const running = [...scripts.map(({ scope }) => scope), ...services.map(({ jobScope }) => jobScope)];
  const all = new Map<string, Scope>();
  for (const scope of [...settings.scopes, ...running.filter((one) => one?.kind === "ci-job" && !isHidden(one))]) {
    if (scope && (scope.kind === "ci-global" || scope.kind === "ci-job") && !all.has(scope.id))
      all.set(scope.id, scope);
  }
  const taken = new Set<string>();
  for (const scope of all.values()) {
    if (isHidden(scope)) continue;
    for (let at = scope.inherits; at; at = at.inherits) taken.add(at.id);
  }
  return [...all.values()].filter((scope) => !isHidden(scope) || !taken.has(scope.id));
}

function isHidden({ kind, label }: Scope): boolean {
  return kind === "ci-job" && label.startsWith(".");
}

/**
 * A value that a rule or a matrix of the job, or a rule of the pipeline over its global variables, replaces in some runs is as
 * little known as one from outside.
 */
function inSomeRuns(given: Given, job: Scope): Given {
  const { assignment, scope } = given;
  const varying = [job, scope].some(({ varied }) => varied?.includes(assignment.name.text));
  return varying ? { ...given, assignment: { ...assignment, external: true } } : given;
}
