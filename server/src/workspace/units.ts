import { plainWords, readAs } from "../formats/systemd-dropin/environment.js";
import type { SystemdDropinTree } from "../formats/systemd-dropin/index.js";
import type { UnitProgram } from "../formats/systemd-dropin/unit.js";
import { isOfUser, isSharedBy } from "../proxy/scopes.js";
import type { Scope } from "../proxy/settings.js";
import { variableOf } from "../proxy/variables.js";
import { type Message, msg } from "../text/message.js";
import { pathOf } from "../text/uri.js";
import type { Document } from "./document.js";
import { type Environment, type Given, givenBy } from "./environment.js";

/** A file of a systemd unit. */
export interface UnitDocument {
  readonly document: Document;
  readonly tree: SystemdDropinTree;
}

/** Where systemd looks for units, the strongest first: a file takes the place of one with the same name further down. */
const folders = ["/.config/", "/etc/", "/run/", "/usr/local/lib/", "/usr/lib/", "/lib/"];

/** Those of the system's services; where there are none of them, those of a user's. */
export function ofOneManager<T>(all: readonly T[], documentOf: (one: T) => Document): readonly T[] {
  const ofSystem = all.filter((one) => !isOfUser(documentOf(one)));
  return ofSystem.length > 0 ? ofSystem : all;
}

/**
 * The files that systemd reads for the unit of a program, in the order in which it reads them: the unit, then its drop-ins. Of
 * several units of one program (`gitlab-runner.service`, `gitlab-runner-2.service`) the one with the plainest name.
 */
export function unitDocuments(documents: readonly Document[], program: UnitProgram): readonly UnitDocument[] {
  const files = documents.flatMap((document): UnitDocument[] => {
    const { tree } = document;
    return tree.format === "systemd-dropin" && !tree.entries && tree.file.read !== false ? [{ document, tree }] : [];
  });
  const own = ofOneManager(
    files.filter(({ tree: { file } }) => file.program === program),
    ({ document }) => document,
  );
  const [sample] = own;
  const units = own.flatMap(({ tree: { file } }) => file.unit ?? []);
  const unit = units.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? `${program}.service`;
  const strongest = new Map<string, UnitDocument>();
  for (const one of files) {
    if (sample && isOfUser(one.document) !== isOfUser(sample.document)) continue;
    const { file } = one.tree;
    const shared = file.shared !== undefined && file.read === true && isSharedBy(file.shared, unit);
    if (!shared && (file.unit !== unit || file.program !== program)) continue;
    const key = `${file.part}/${file.order}`;
    const other = strongest.get(key);
    if (!other || strength(one) < strength(other)) strongest.set(key, one);
  }
  return [...strongest.values()].sort((a, b) => compare(a.tree.file, b.tree.file));
}

function compare(a: SystemdDropinTree["file"], b: SystemdDropinTree["file"]): number {
  if (a.part !== b.part) return a.part === "unit" ? -1 : 1;
  return a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
}

/** Of two files of one name the one of the smaller number is read: the unit's own before one that several share. */
function strength({ document, tree }: UnitDocument): number {
  const path = `/${pathOf(document.uri)}`;
  const found = folders.findIndex((folder) => path.includes(`${folder}systemd/`));
  const folder = found < 0 ? folders.length : found;
  const { shared } = tree.file;
  return folder + (shared === undefined ? 0 : (folders.length + 1) * (shared.includes("-.") ? 1 : 2));
}

/**
 * The environment of a unit as systemd adds it up: `Environment=` of its files in their order, an empty one taking back
 * what came before; over them the files of `EnvironmentFile=`; without what `UnsetEnvironment=` names.
 * @param files the host's environment files, by their path on the host
 */
export function unitEnvironment(
  program: UnitProgram,
  units: readonly UnitDocument[],
  files: ReadonlyMap<string, Document>,
): Environment {
  const state = new UnitState(files);
  const implied = units.some(({ tree }) => tree.file.part === "unit") ? [] : (impliedFiles[program] ?? []);
  for (const { path, always } of implied) if (files.has(path)) state.addFile(path, always);
  for (const unit of units) state.read(unit);
  return state.environment();
}

/**
 * What the unit reads where it is not among the files. The runner installs itself with the first (kardianos/service, its
 * template of a unit); whether docker's does differs between distributions.
 */
const impliedFiles: Readonly<Partial<Record<UnitProgram, readonly { path: string; always: boolean }[]>>> = {
  "gitlab-runner": [{ path: "/etc/sysconfig/gitlab-runner", always: true }],
  docker: [
    { path: "/etc/default/docker", always: false },
    { path: "/etc/sysconfig/docker", always: false },
  ],
};

class UnitState {
  private given: Given[] = [];
  /** Paths of files, the last read last; undefined for one that is not among the files. */
  private named: (string | undefined)[] = [];
  private readonly unset = new Set<string>();
  private open: Message | undefined;
  /** Why a file of EnvironmentFile= is not read here. */
  private unseen: Message | undefined;

  constructor(private readonly files: ReadonlyMap<string, Document>) {}

  addFile(path: string, always: boolean): void {
    if (always) this.named.push(path);
    else if (this.files.get(path)?.settings.scopes.some(saysOfProxies))
      this.addUnseen(msg("Whether the unit reads {0} is not known: the unit is not among the files.", path));
  }

  read({ document, tree }: UnitDocument): void {
    for (const directive of tree.directives) {
      if (readAs(directive, "Environment") && directive.empty) this.given = [];
      else if (readAs(directive, "EnvironmentFile") && directive.empty) [this.named, this.unseen] = [[], undefined];
      else if (readAs(directive, "UnsetEnvironment")) {
        if (directive.empty) this.unset.clear();
        else for (const { text } of plainWords(directive)) this.unset.add(text);
      }
    }
    for (const scope of document.settings.scopes) for (const given of givenBy(document, scope)) this.given.push(given);
    for (const { path, optional } of tree.environmentFiles) {
      if (path.hasUnknown() || /[*?[]/.test(path.text))
        this.addUnseen(msg("EnvironmentFile= names files by a pattern."));
      else if (this.files.has(path.text)) this.named.push(path.text);
      else if (!optional) this.addUnseen(msg("{0} is not among the files that are read.", path.text));
    }
    if (tree.conditional) this.open ??= msg("Another tool fills in a part of the unit's files.");
    if (tree.passed.some(({ text }) => variableOf(text) !== undefined)) {
      this.open ??= msg("PassEnvironment= takes variables from systemd itself.");
    }
  }

  private addUnseen(unseen: Message): void {
    this.named.push(undefined);
    this.unseen ??= unseen;
  }

  /** What the unit's own lines give and the files before one that is not seen may be overridden there. */
  private added(): readonly Given[] {
    let all: Given[] = [...this.given];
    const { unseen } = this;
    for (const path of this.named) {
      if (path === undefined) all = all.map((given) => ({ ...given, ...(unseen && { overridable: unseen }) }));
      const document = path === undefined ? undefined : this.files.get(path);
      if (document) for (const scope of document.settings.scopes) all.push(...givenBy(document, scope));
    }
    return all;
  }

  environment(): Environment {
    const given = this.added().filter(({ assignment: { name, value } }) => {
      return !this.unset.has(name.text) && !this.unset.has(`${name.text}=${value.text}`);
    });
    return { given, open: this.open ?? this.unseen };
  }
}

function saysOfProxies({ assignments }: Scope): boolean {
  return assignments.some(({ variable }) => variable);
}

/** The documents that `EnvironmentFile=` can name, by their path on the host. */
export function environmentFiles(documents: readonly Document[], root: string): ReadonlyMap<string, Document> {
  const found = new Map<string, Document>();
  for (const document of documents) {
    const { tree } = document;
    if (tree.format !== "systemd-dropin" || !tree.entries) continue;
    found.set(`/${pathOf(document.uri).slice(root.length)}`, document);
  }
  return found;
}
