import type { NamedHost, ProxySettings, Scope, Script, ServiceContainer } from "../../proxy/settings.js";
import type { MappedText } from "../../text/mapped-text.js";
import { EnvironmentAssignment } from "./environment.js";
import { readersOf, shellOf, usesContainers, usesLocalDocker } from "./executor.js";
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
    const scope = environmentScope(runner, tree);
    const own = servicesOf(runner, scope);
    scopes.push(scope);
    for (const { ownScope } of own) if (ownScope?.kind === "service") scopes.push(ownScope);
    services.push(...own);
    found.push(...scriptsOf(runner, scope, tree));
    hosts.push(...hostsOf(runner, scope));
  }
  return { scopes, scripts: found, services, hosts, addresses: [] };
}

function environmentScope(runner: Runner, tree: RunnerTomlTree): Scope {
  const { environment } = runner;
  const header = runner.header?.parts.at(-1);
  const present = environment ?? runner.table.find("environment");
  return {
    kind: "runner-environment",
    id: `runners[${runner.index}].environment`,
    label: runner.name?.value ?? "",
    span: environment?.entry.key ?? header ?? runner.span,
    readers: readersOf(runner),
    container: usesContainers(runner),
    assignments: environment?.entries.flatMap((entry) => EnvironmentAssignment.of(entry) ?? []) ?? [],
    open: tree.conditional || (present !== undefined && !(environment?.complete ?? false)),
  };
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

function hostsOf(runner: Runner, scope: Scope): NamedHost[] {
  const out: NamedHost[] = [];
  const add = (kind: NamedHost["kind"], value: StringValue | undefined, readers: NamedHost["readers"]) => {
    if (value && value.value !== "") out.push({ kind, value: expandVariables(value.text), readers, scope });
  };
  add("gitlab-url", runner.url, ["runner"]);
  add("clone-url", runner.table.string("clone_url"), ["helper"]);
  const { docker } = runner;
  if (!docker || !usesLocalDocker(runner)) return out;
  add("image", docker.string("image"), ["dockerd"]);
  add("image", docker.string("helper_image"), ["dockerd"]);
  for (const service of docker.tables("services")) add("image", service.string("name"), ["dockerd"]);
  for (const key of ["allowed_images", "allowed_services"]) {
    for (const image of docker.strings(key)) add("image", image, ["dockerd"]);
  }
  return out;
}
