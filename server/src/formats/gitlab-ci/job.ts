import { isMap, type Node, type YAMLMap } from "yaml";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { CiImage, CiScript, CiScriptKey, CiService, CiVariables } from "./nodes.js";
import type { ScriptReader } from "./scripts.js";
import { readImage, readServices } from "./services.js";
import { readVariables } from "./variables.js";
import type { YamlEntry, YamlFile } from "./yaml-file.js";

/** What a job looks up beyond itself. */
export interface JobContext {
  readonly file: YamlFile;
  readonly scripts: ScriptReader;
  job(name: string): CiJob | undefined;
  /** undefined for `default` itself. */
  readonly default: CiJob | undefined;
  /** What following `extends` has cost, in layers that were taken over, by all jobs together. */
  readonly spent: { layers: number };
}

/** Beyond so many layers `extends` is not followed: jobs that all extend one another would cost the cube of the file. */
const mostLayers = 1_000_000;

/** GitLab follows `extends` this far. */
const deepestExtends = 11;

/** The keywords that `default:` may set, as far as this tree reads them. */
const defaultKeywords: ReadonlySet<string> = new Set([
  "after_script",
  "before_script",
  "hooks",
  "image",
  "services",
  "tags",
]);

/** A mapping of keywords that a job is made of: its own, or that of a job that it extends. */
export interface JobLayer {
  readonly job: CiJob;
  readonly map: YAMLMap;
}

interface Merged {
  readonly layers: readonly JobLayer[];
  /** A name under `extends`, here or further on, that this file does not have. */
  readonly outside: boolean;
  /** The chain is longer than was followed. */
  readonly cut: boolean;
}

const none: readonly never[] = [];

/** Most jobs have few of the keywords that are asked for. */
function valuesOf(entries: readonly YamlEntry[]): readonly Node[] {
  return entries.length === 0 ? none : entries.flatMap(({ value }) => value ?? []);
}

/** A job, a hidden job (`.name`), or `default`. What `extends` brings in this file is merged as GitLab merges it. */
export class CiJob {
  private merged: Merged | undefined;
  private merging = false;
  private readonly scripts = new Map<CiScriptKey, CiScript | undefined>();
  private readonly own: JobLayer;
  private readonly weaker: readonly JobLayer[];

  constructor(
    readonly name: string,
    /** The name where the job is defined. */
    readonly keySpan: Span,
    readonly map: YAMLMap,
    private readonly context: JobContext,
    /** A mapping that its own takes precedence over: the root, whose keywords are defaults too. */
    weaker?: YAMLMap,
  ) {
    this.own = { job: this, map };
    this.weaker = weaker ? [{ job: this, map: weaker }] : [];
  }

  /** Does not run; others extend it or refer to it. */
  get hidden(): boolean {
    return this.name.startsWith(".");
  }

  get span(): Span {
    return { start: this.keySpan.start, end: this.map.range?.[1] ?? this.keySpan.end };
  }

  /** The names under `extends`. */
  get extends(): readonly MappedText[] {
    const { file } = this.context;
    const value = file.value(this.map, "extends");
    const single = file.text(value);
    return single ? [single] : file.items(value).flatMap((item) => file.text(item) ?? []);
  }

  /** It extends a job that this file does not have. */
  get extendsOutside(): boolean {
    return this.all.outside;
  }

  /** The mappings that make the job, the weakest first, its own last. */
  get layers(): readonly JobLayer[] {
    return this.all.layers;
  }

  /** Its own `variables:`, without those of the jobs that it extends. */
  get variables(): CiVariables | undefined {
    return readVariables(this.context.file, this.ownEntry("variables"));
  }

  get image(): CiImage | undefined {
    return readImage(this.context.file, this.values("image"));
  }

  get services(): readonly CiService[] {
    return readServices(this.context.file, this.values("services"));
  }

  /** A script that it runs: its own, one that it extends, or the default. */
  script(key: CiScriptKey): CiScript | undefined {
    const { scripts } = this;
    if (!scripts.has(key)) {
      const entry = key === "pre_get_sources_script" ? this.hook(key) : this.entries(key).at(-1);
      scripts.set(key, entry && this.context.scripts.read(key, entry));
    }
    return scripts.get(key);
  }

  /** Which runners take the job. */
  get tags(): readonly string[] {
    const { file } = this.context;
    return this.values("tags")
      .flatMap((node) => file.items(node))
      .flatMap((item) => file.text(item)?.text ?? []);
  }

  /** Values for some runs only (`rules: … variables:`, `parallel: matrix:`): variables may be others than shown. */
  get variesByRun(): boolean {
    return this.ofRuns.length > 0;
  }

  /** Names of the variables that have other values in some runs, whatever the job and what it extends give them. */
  get varied(): readonly string[] {
    const { file } = this.context;
    return this.ofRuns.flatMap((node) => file.entries(file.map(node)).map(({ key }) => key));
  }

  /** The mappings of variables that some runs have; undefined for one that is still to be written. */
  private get ofRuns(): readonly (Node | undefined)[] {
    const { file } = this.context;
    const rules = this.values("rules").flatMap((node) => file.items(node));
    const given = rules.flatMap((rule) => file.entry(file.map(rule), "variables") ?? []).map(({ value }) => value);
    const matrices = this.values("parallel").flatMap((node) => file.entry(file.map(node), "matrix") ?? []);
    const runs = matrices.flatMap(({ value }) => [undefined, ...file.items(value)]);
    return [...given, ...runs];
  }

  /** Whether a default keyword or a global variable reaches the job, as `inherit:` says. */
  inherits(what: "default" | "variables", name: string): boolean {
    const { file } = this.context;
    for (const node of [...this.values("inherit")].reverse()) {
      const value = file.value(file.map(node), what);
      if (!value) continue;
      const text = file.text(value)?.text;
      if (text !== undefined) return text !== "false";
      return file.items(value).some((item) => file.text(item)?.text === name);
    }
    return true;
  }

  /**
   * The values of a keyword that count, the weakest first: several where mappings are merged, otherwise one. The
   * default's where the job has none.
   */
  values(key: string): readonly Node[] {
    return valuesOf(this.entries(key));
  }

  /** The same for references, which see what `extends` brings and no defaults. */
  ownValues(key: string): readonly Node[] {
    return valuesOf(this.ownEntries(key));
  }

  private entries(key: string): readonly YamlEntry[] {
    const found = this.ownEntries(key);
    const { default: defaults } = this.context;
    if (found.length > 0 || !defaults || !defaultKeywords.has(key)) return found;
    return this.inherits("default", key) ? defaults.entries(key) : [];
  }

  private ownEntries(key: string): readonly YamlEntry[] {
    const { file } = this.context;
    const { layers, own } = this;
    if (layers.length === 1) {
      const entry = file.entry(own.map, key);
      return entry ? [entry] : none;
    }
    const found: YamlEntry[] = [];
    for (const layer of layers) {
      const entry = file.entry(layer.map, key);
      if (!entry) continue;
      const last = found.at(-1);
      if (!(isMap(file.resolve(entry.value)) && last && isMap(file.resolve(last.value)))) found.length = 0;
      found.push(entry);
    }
    return found;
  }

  private hook(key: string): YamlEntry | undefined {
    for (const node of [...this.values("hooks")].reverse()) {
      const entry = this.context.file.entry(this.context.file.map(node), key);
      if (entry) return entry;
    }
    return undefined;
  }

  private ownEntry(key: string): YamlEntry | undefined {
    return this.context.file.entry(this.map, key);
  }

  private get all(): Merged {
    this.merged ??= this.merge(0, new Map());
    return this.merged;
  }

  /** @param known the jobs that were merged on the way: a job that is reached twice is read once. */
  private merge(depth: number, known: Map<CiJob, Merged>): Merged {
    const before = this.merged ?? known.get(this);
    if (before) return before;
    const found = new Set<JobLayer>();
    const { spent } = this.context;
    let outside = spent.layers > mostLayers;
    let cut = outside || depth > deepestExtends;
    this.merging = true;
    for (const name of cut ? [] : this.extends) {
      const base = name.hasUnknown() ? undefined : this.context.job(name.text);
      if (!base) outside = true;
      // A circle is an error in GitLab.
      else if (base.merging) cut = true;
      else {
        const merged = base.merge(depth + 1, known);
        spent.layers += merged.layers.length;
        outside ||= merged.outside;
        cut ||= merged.cut;
        for (const layer of merged.layers) {
          // Of a mapping that comes twice the later one counts.
          found.delete(layer);
          found.add(layer);
        }
      }
    }
    this.merging = false;
    const merged = { layers: [...this.weaker, ...found, this.own], outside, cut };
    known.set(this, merged);
    if (!cut) this.merged = merged;
    return merged;
  }
}
