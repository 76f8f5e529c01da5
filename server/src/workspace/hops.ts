import type { Tree } from "../formats/index.js";
import { usesLocalDocker } from "../formats/runner-toml/executor.js";
import type { Runner } from "../formats/runner-toml/runner.js";
import { type ClientName, clientNames } from "../proxy/clients.js";
import type { Scope } from "../proxy/settings.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Document } from "./document.js";
import { type Environment, givenBy } from "./environment.js";
import { type GitProxy, gitProxiesOf, type ScriptPlace, withScripts } from "./script-effects.js";

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
  /** What git alone is given, where that is not the `environment`: a script that runs right before it exports something. */
  readonly gitEnvironment?: Environment;
  /** Proxies of git's own settings. */
  readonly gitProxies?: readonly GitProxy[];
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
  return {
    document,
    runner,
    scope,
    environment,
    localDocker: usesLocalDocker(runner),
    hops: [
      withScriptsOf(hop("job", name, environment), [{ document, scope, place: "job" }]),
      ...dindHops(document, scope, environment, name, hop),
      withScriptsOf(hop("helper", name, environment), [{ document, scope, place: "helper" }]),
    ],
  };
}

/**
 * The hop with what its scripts do. Those of the helper container run in the shell of git; artifacts and cache have shells of
 * their own.
 */
export function withScriptsOf(hop: Hop, places: readonly ScriptPlace[]): Hop {
  const changed = withScripts(hop.environment, ...places);
  const gitProxies = places.flatMap(gitProxiesOf);
  const environment = hop.kind === "helper" ? { gitEnvironment: changed } : { environment: changed };
  return { ...hop, ...environment, ...(gitProxies.length > 0 && { gitProxies }) };
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
