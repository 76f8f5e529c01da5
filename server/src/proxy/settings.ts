import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import type { ClientName } from "./clients.js";
import type { ProxyVariable, Spelling } from "./variables.js";

/**
 * Who reads a setting (invariant 7). What is right for one is wrong for another.
 * - `runner`: the gitlab-runner service, a Go program on the host
 * - `dockerd`: the Docker daemon, a Go program on the host
 * - `docker-client`: the docker command line (Go) on the machine of the file
 * - `helper`: git (and the runner's Go helper for artifacts and cache) in the helper container
 * - `job`: the job's container or shell and its unknown tools
 * - `service`: a service container of the job (dind's dockerd among them)
 * - `cntlm`: cntlm itself
 * - `unit`: the program of another systemd unit, which may be anything
 */
export type Reader = "runner" | "dockerd" | "docker-client" | "helper" | "job" | "service" | "cntlm" | "unit";

/** Where a scope stands. */
export type ScopeKind =
  | "runner-environment" // environment of one [[runners]]
  | "unit" // Environment= of a systemd unit, this file's part of it
  | "environment-file" // a file named by EnvironmentFile=
  | "docker-client" // proxies.<endpoint> of ~/.docker/config.json
  | "docker-daemon" // proxies of daemon.json
  | "embedded-docker-client" // the same, written by a script to .docker/config.json
  | "ci-global" // variables: of a .gitlab-ci.yml
  | "ci-job" // variables: of one job or of `default`
  | "service" // variables of one service entry
  | "script"; // export NAME=… or NAME=… command in a script

/** One variable that gets a value. `variable` is set when it is one of the proxy variables, in whatever spelling. */
export interface Assignment {
  readonly variable?: ProxyVariable;
  readonly spelling: Spelling;
  /** The name as the program sees it. */
  readonly name: MappedText;
  /** The value as the program sees it; `hasUnknown` tells where expansions and templates make it uncertain. */
  readonly value: MappedText;
  /** The whole assignment in the document, quotes included, separators not. */
  readonly span: Span;
  /** The value is taken from outside whole (a variable given by name alone, a masked CI variable): nothing to judge. */
  readonly external?: boolean;
  /**
   * The program drops the assignment as it is written (a lone `%` in a unit file); the value is what was meant.
   * A route does not count it; a rule about what is missing takes it as given, since another rule tells of it.
   */
  readonly dropped?: boolean;
}

/** A set of assignments that one process gets together: an environment, or the like of it. */
export interface Scope {
  readonly kind: ScopeKind;
  /** Unique within the file, the same as long as the scope's place does not change (`runners[0].environment`). */
  readonly id: string;
  /** For people: the runner's name, the unit, the job. Empty where there is none. */
  readonly label: string;
  /** Where a finding about the scope as a whole is marked: a key, a header, a name. */
  readonly span: Span;
  readonly readers: readonly Reader[];
  /** The programs of the job's container, where its image tells that there are no others. */
  readonly clients?: readonly ClientName[];
  /** The readers run in a container of their own network: 127.0.0.1 is the container. undefined: not known. */
  readonly container: boolean | undefined;
  readonly assignments: readonly Assignment[];
  /** The scope whose assignments these override (job over global). */
  readonly inherits?: Scope;
  /** Other sources may add variables that this file does not show (an include, a project's CI variables, another drop-in). */
  readonly open: boolean;
  /** Names of variables that have other values in some runs than this scope and, for a job, what it inherits say. */
  readonly varied?: readonly string[];
  /** Windows runs the readers, or may: names of variables have no letter case there. */
  readonly windows?: boolean;
}

/** Which interpreter runs a script. */
export type ShellKind = "posix" | "powershell" | "cmd" | "unknown";

/** A script inside a file: a string of config.toml, or the lines of a job. */
export interface Script {
  /** The key that holds it: `pre_build_script`, `before_script` … */
  readonly key: string;
  readonly keySpan: Span;
  /** Scripts of one group run in one shell, in this order: exports and directories made earlier are seen later. */
  readonly group: string;
  /** `helper`: before git in the helper container; `job`: the job's own container. */
  readonly place: "helper" | "job";
  readonly shell: ShellKind;
  /** The shell as the file names it, if it does. */
  readonly shellName?: string;
  /** One text a script line (YAML list item), or one for the whole (TOML). Each is decoded from its file's quoting. */
  readonly texts: readonly MappedText[];
  /** The environment that the script sees, as far as this file tells. */
  readonly scope?: Scope;
  /** An earlier script has the same `texts` (a job that extends another): what is wrong in a line alone was said there. */
  readonly repeated?: boolean;
  /** Lines of it come from a place that this file does not show. */
  readonly partial?: boolean;
}

/** A service container of a job or a runner. */
export interface ServiceContainer {
  /** Whose it is, as in the `group` of the scripts that see it, without its last part: `jobs.build`, `runners[0]`. */
  readonly owner: string;
  readonly image: MappedText;
  /** Host names under which the job reaches it: the aliases, or those made of the image's name. */
  readonly aliases: readonly string[];
  readonly aliasSpan?: Span;
  /** An image of Docker-in-Docker, told by its name. */
  readonly dind: boolean;
  readonly span: Span;
  /** The environment of the job that it serves. */
  readonly jobScope?: Scope;
  /** The environment that the service itself gets. */
  readonly ownScope?: Scope;
  /** DOCKER_TLS_CERTDIR as far as the file tells: `""` is TLS off; undefined is the image's default, on. */
  readonly tlsCertDir?: string;
}

/** A host that the files name for another reason than to be a proxy. */
export interface NamedHost {
  readonly kind: "gitlab-url" | "clone-url" | "image" | "registry" | "push";
  readonly value: MappedText;
  /** Who connects to it. */
  readonly readers: readonly Reader[];
  readonly scope?: Scope;
}

/** An address in cntlm.conf. */
export interface CntlmAddress {
  readonly role: "listen" | "parent";
  readonly value: MappedText;
  readonly span: Span;
  /** The host as cntlm takes it: for a bare port 127.0.0.1, or 0.0.0.0 under `Gateway yes`. Undefined: not known. */
  readonly host?: string;
  /** As written, which may be out of range. Undefined: there is none that cntlm takes, or it is not known. */
  readonly port?: number;
}

/** What one file says about proxies: all that the chain and the rules across formats need (invariant 10). */
export interface ProxySettings {
  readonly scopes: readonly Scope[];
  readonly scripts: readonly Script[];
  readonly services: readonly ServiceContainer[];
  readonly hosts: readonly NamedHost[];
  readonly addresses: readonly CntlmAddress[];
}

export const noSettings: ProxySettings = { scopes: [], scripts: [], services: [], hosts: [], addresses: [] };
