import type {
  Assignment,
  NamedHost,
  ProxySettings,
  Reader,
  Scope,
  Script,
  ServiceContainer,
} from "../../proxy/settings.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { readersOf, runsOnWindows, shellOf, usesContainers, usesLocalDocker } from "./executor.js";
import { expandVariables } from "./expansion.js";
import type { Runner } from "./runner.js";
import { servicesOf } from "./services.js";
import { withTemplates } from "./template-text.js";
import type { StringValue } from "./toml/nodes.js";
import type { RunnerTomlTree } from "./tree.js";

/** The keys that hold scripts, in the order in which they run. The names with `clone` are read up to 16. */
const scripts: readonly (readonly [key: string, group: string, place: Script["place"]])[] = [
  ["pre_clone_script", "get-sources", "helper"],
  ["pre_get_sources_script", "get-sources", "helper"],
  ["post_clone_script", "get-sources", "helper"],
  ["post_get_sources_script", "get-sources", "helper"],
  ["pre_build_script", "build", "job"],
  ["post_build_script", "build", "job"],
];

/** What a config.toml says about proxies. */
export function settingsOf(tree: RunnerTomlTree): ProxySettings {
  const scopes: Scope[] = [];
  const found: Script[] = [];
  const services: ServiceContainer[] = [];
  const hosts: NamedHost[] = [];
  for (const runner of tree.runners) {
    const scope = new EnvironmentScope(runner, tree);
    const own = servicesOf(runner, scope);
    scopes.push(scope);
    for (const { ownScope } of own) if (ownScope?.kind === "service") scopes.push(ownScope);
    for (const service of own) services.push(service);
    found.push(...scriptsOf(runner, scope, tree));
    for (const host of hostsOf(runner, scope)) hosts.push(host);
  }
  return { scopes, scripts: found, services, hosts, addresses: [] };
}

/** A runner's `environment` as a scope; one without entries where the runner has none. */
class EnvironmentScope implements Scope {
  readonly id: string;
  readonly span: Span;
  readonly readers: readonly Reader[];
  readonly container: boolean | undefined;
  readonly open: boolean;
  readonly windows: boolean;

  constructor(
    private readonly runner: Runner,
    tree: RunnerTomlTree,
  ) {
    const { environment } = runner;
    this.id = `runners[${runner.index}].environment`;
    this.span = environment?.entry.key ?? runner.header?.parts.at(-1) ?? runner.span;
    this.readers = readersOf(runner);
    this.container = usesContainers(runner);
    this.windows = runsOnWindows(runner);
    this.open =
      tree.conditional || (environment ? !environment.complete : runner.table.find("environment") !== undefined);
  }

  get kind(): "runner-environment" {
    return "runner-environment";
  }

  get label(): string {
    return this.runner.name?.value ?? "";
  }

  get assignments(): readonly Assignment[] {
    return this.runner.environment?.assignments ?? [];
  }
}

function scriptsOf(runner: Runner, scope: Scope, tree: RunnerTomlTree): Script[] {
  const out: Script[] = [];
  for (const [name, group, place] of scripts) {
    const entry = runner.table.find(name);
    if (entry?.kind !== "entry" || entry.value?.kind !== "string") continue;
    out.push(new TomlScript(entry.key.text, entry.key, entry.value, { group, place, runner, scope, tree }));
  }
  return out;
}

interface ScriptPlace {
  readonly group: string;
  readonly place: Script["place"];
  readonly runner: Runner;
  readonly scope: Scope;
  readonly tree: RunnerTomlTree;
}

/** A script, whose text is decoded when asked for. */
class TomlScript implements Script {
  readonly group: string;
  readonly place: Script["place"];
  readonly shell: Script["shell"];
  declare readonly shellName?: string;
  readonly scope: Scope;
  private decoded: readonly MappedText[] | undefined;
  private readonly template: boolean;

  constructor(
    readonly key: string,
    readonly keySpan: Script["keySpan"],
    private readonly value: StringValue,
    { group, place, runner, scope, tree }: ScriptPlace,
  ) {
    this.group = `runners[${runner.index}].${group}`;
    this.place = place;
    this.shell = shellOf(runner);
    if (runner.shell) this.shellName = runner.shell.value;
    this.scope = scope;
    this.template = tree.template;
  }

  get texts(): readonly MappedText[] {
    // `{{ }}` in a script of a plain file is the script's own: docker inspect --format, say.
    this.decoded ??= [this.template ? withTemplates(this.value.text) : this.value.text];
    return this.decoded;
  }
}

/** A host that the file names, whose text is decoded when asked for. */
class TomlHost implements NamedHost {
  private decoded: MappedText | undefined = undefined;

  constructor(
    readonly kind: NamedHost["kind"],
    private readonly string: StringValue,
    readonly readers: readonly Reader[],
    readonly scope: Scope,
  ) {}

  get value(): MappedText {
    this.decoded ??= expandVariables(this.string.text);
    return this.decoded;
  }
}

const byRunner: readonly Reader[] = ["runner"];
const byHelper: readonly Reader[] = ["helper"];
const byDocker: readonly Reader[] = ["dockerd"];

function hostsOf(runner: Runner, scope: Scope): NamedHost[] {
  const out: NamedHost[] = [];
  const add = (kind: NamedHost["kind"], string: StringValue | undefined, readers: readonly Reader[]) => {
    if (string && string.value !== "") out.push(new TomlHost(kind, string, readers, scope));
  };
  add("gitlab-url", runner.url, byRunner);
  add("clone-url", runner.table.string("clone_url"), byHelper);
  const { docker } = runner;
  if (!docker || !usesLocalDocker(runner)) return out;
  add("image", docker.string("image"), byDocker);
  add("image", docker.string("helper_image"), byDocker);
  for (const service of docker.tables("services")) add("image", service.string("name"), byDocker);
  for (const key of ["allowed_images", "allowed_services"]) {
    for (const image of docker.strings(key)) add("image", image, byDocker);
  }
  return out;
}
