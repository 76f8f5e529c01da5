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

/** The scripts that the same shell has run before. `all` is in the order of the file's settings. */
export function earlierScripts(script: Script, all: readonly Script[]): readonly Script[] {
  const at = all.indexOf(script);
  return all.slice(0, Math.max(0, at)).filter((other) => other.group === script.group);
}

/** The scripts that run in the same container, this one included: a shell of its own (`after_script`) finds their files. */
export function sameContainer(script: Script, all: readonly Script[]): readonly Script[] {
  const job = (group: string) => group.slice(0, group.lastIndexOf("."));
  return all.filter(({ group, place }) => place === script.place && job(group) === job(script.group));
}
