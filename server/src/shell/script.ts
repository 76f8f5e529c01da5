import type { Script } from "../proxy/settings.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Command, ShellReading } from "./command.js";
import { readShell } from "./read.js";

interface Cached {
  readonly texts: readonly MappedText[];
  readonly reading: ShellReading;
  readonly own: readonly Command[];
}

/** By the first text: jobs that share their lines share the reading too. */
const cache = new WeakMap<MappedText, Cached>();
const nothing: Cached = { texts: [], reading: { commands: [], comments: [], problems: [] }, own: [] };

/** What a script says. It is read once; a script for another shell than a POSIX one says nothing here. */
export function readScript(script: Script): ShellReading {
  return cached(script).reading;
}

/** The commands that run where the script itself runs, not on another machine or in another container. */
export function ownCommands(script: Script): readonly Command[] {
  return cached(script).own;
}

function cached(script: Script): Cached {
  const { texts } = script;
  const [first] = texts;
  if (script.shell !== "posix" || !first) return nothing;
  const known = cache.get(first);
  if (known && known.texts.length === texts.length && known.texts.every((text, at) => text === texts[at])) return known;
  const reading = readShell(texts);
  const own = reading.commands.filter((command) => !command.context.elsewhere);
  const made = { texts, reading, own };
  cache.set(first, made);
  return made;
}

/** The scripts that the same shell has run before. `all` are the file's, in their order. */
export function earlierScripts(script: Script, all: readonly Script[]): readonly Script[] {
  const group = grouped(all).shells.get(script.group) ?? [];
  return group.slice(0, Math.max(0, group.indexOf(script)));
}

/** The scripts that run in the same container, this one included: a shell of its own (`after_script`) finds their files. */
export function sameContainer(script: Script, all: readonly Script[]): readonly Script[] {
  return grouped(all).containers.get(containerOf(script)) ?? [];
}

interface Groups {
  readonly shells: ReadonlyMap<string, readonly Script[]>;
  readonly containers: ReadonlyMap<string, readonly Script[]>;
}

const groups = new WeakMap<readonly Script[], Groups>();

function grouped(all: readonly Script[]): Groups {
  let known = groups.get(all);
  if (!known) {
    known = { shells: by(all, ({ group }) => group), containers: by(all, containerOf) };
    groups.set(all, known);
  }
  return known;
}

function by(all: readonly Script[], keyOf: (script: Script) => string): ReadonlyMap<string, readonly Script[]> {
  const found = new Map<string, Script[]>();
  for (const script of all) {
    const key = keyOf(script);
    const known = found.get(key);
    if (known) known.push(script);
    else found.set(key, [script]);
  }
  return found;
}

function containerOf(script: Script): string {
  return `${script.place} ${ownerOf(script)}`;
}

/** Whose script it is: `jobs.build`, `runners[0]`. */
export function ownerOf({ group }: Script): string {
  return group.slice(0, group.lastIndexOf("."));
}
