import type { Scope, Script } from "../proxy/settings.js";
import { variableOf } from "../proxy/variables.js";
import { isConditional, lasts } from "../shell/command.js";
import { scriptChanges } from "../shell/facts/assignments.js";
import { gitConfigs } from "../shell/facts/git-config.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Document } from "./document.js";
import type { Environment, Given } from "./environment.js";

/** A proxy that a script gives to git by `git config`, which goes before the variables. */
export interface GitProxy {
  readonly document: Document;
  /** `http.proxy`, `http.<url>.proxy`, `remote.origin.proxy`. */
  readonly key: MappedText;
  readonly value: MappedText;
  /** It may not happen, or a later command may take it back. */
  readonly conditional: boolean;
}

/** The scripts of a runner or a job that run in one of its containers. */
export interface ScriptPlace {
  readonly document: Document;
  readonly scope: Scope;
  readonly place: Script["place"];
}

/** They run in a shell of their own, or after all that is asked about. */
const later = new Set(["after_script", "post_build_script", "post_get_sources_script", "post_clone_script"]);

/** The environment with what scripts export and unset for good, one after the other. */
export function withScripts({ given, open }: Environment, ...places: readonly ScriptPlace[]): Environment {
  const changed = places.flatMap(exportsOf).reduce<readonly Given[]>(applied, given);
  if (!places.some(isUnread)) return { given: changed, open };
  const overridable = msg("A script for another shell than a POSIX one may change it.");
  return { given: changed.map((one) => ({ ...one, overridable })), open: overridable };
}

/** Whether scripts set or unset a proxy variable for good, or give git a proxy, or may. */
export function changesProxies(place: ScriptPlace): boolean {
  return (
    isUnread(place) ||
    exportsOf(place).some(({ given, unset }) => variableOf(given ? given.assignment.name.text : unset) !== undefined) ||
    gitProxiesOf(place).length > 0
  );
}

/** Whether a script of a shell whose language is not read here names a proxy variable. */
function isUnread(place: ScriptPlace): boolean {
  return scriptsAt(place).some(
    ({ shell, texts }) => shell !== "posix" && texts.some(({ text }) => /_proxy/i.test(text)),
  );
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

function exportsOf(at: ScriptPlace): readonly Export[] {
  const known = exportsByScope.get(at.scope) ?? new Map<Script["place"], readonly Export[]>();
  exportsByScope.set(at.scope, known);
  let found = known.get(at.place);
  if (!found) {
    found = scriptsAt(at).flatMap((script) => exportedBy(script, at));
    known.set(at.place, found);
  }
  return found;
}

const scriptsByScope = new WeakMap<readonly Script[], ReadonlyMap<Scope | undefined, readonly Script[]>>();

function scriptsAt({ document, scope, place }: ScriptPlace): readonly Script[] {
  const { scripts } = document.settings;
  let known = scriptsByScope.get(scripts);
  if (!known) {
    known = grouped(
      scripts.filter(({ key, texts }) => !later.has(key) && texts.some(({ text }) => /proxy/i.test(text))),
    );
    scriptsByScope.set(scripts, known);
  }
  return (known.get(scope) ?? []).filter((script) => script.place === place);
}

function grouped(scripts: readonly Script[]): ReadonlyMap<Scope | undefined, readonly Script[]> {
  const found = new Map<Scope | undefined, Script[]>();
  for (const script of scripts) found.set(script.scope, [...(found.get(script.scope) ?? []), script]);
  return found;
}

function exportedBy(script: Script, { document, scope }: ScriptPlace): readonly Export[] {
  return scriptChanges(script).flatMap(({ assignment, unset }): readonly Export[] => {
    const { command } = assignment ?? unset;
    if (!lasts(command)) return [];
    if (unset) return [{ unset: unset.name.text, conditional: isConditional(command) }];
    if (assignment.kind !== "export") return [];
    const { conditional } = assignment;
    const names = [assignment.name.text];
    return [{ given: { document, scope, assignment, names, exported: true, ...(conditional && { conditional }) } }];
  });
}

/** What scripts set for good as git's own proxies, the weakest of one name left out. */
export function gitProxiesOf(at: ScriptPlace): readonly GitProxy[] {
  const found = new Map<string, GitProxy>();
  for (const { name, key, action, value, once, command } of scriptsAt(at).flatMap(gitConfigs)) {
    if (once || action === "get" || !/^(?:http\.(?:.*\.)?|remote\.origin\.)proxy$/.test(name)) continue;
    const before = found.get(name);
    const conditional = isConditional(command);
    if (action === "set" && value) found.set(name, { document: at.document, key, value, conditional });
    else if (before && conditional) found.set(name, { ...before, conditional });
    else found.delete(name);
  }
  return [...found.values()];
}
