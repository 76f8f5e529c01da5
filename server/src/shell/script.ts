import type { Script } from "../proxy/settings.js";
import type { Command, ShellReading } from "./command.js";
import { readShell } from "./read.js";

const cache = new WeakMap<Script, ShellReading>();
const nothing: ShellReading = { commands: [], comments: [], problems: [] };

/** What a script says. It is read once; a script for another shell than a POSIX one says nothing here. */
export function readScript(script: Script): ShellReading {
  if (script.shell !== "posix") return nothing;
  const known = cache.get(script);
  if (known) return known;
  const reading = readShell(script.texts);
  cache.set(script, reading);
  return reading;
}

/** The commands that run where the script itself runs, not on another machine or in another container. */
export function ownCommands(script: Script): readonly Command[] {
  return readScript(script).commands.filter((command) => !command.context.elsewhere);
}

/** The scripts that the same shell has run before. `all` is in the order of the file's settings. */
export function earlierScripts(script: Script, all: readonly Script[]): readonly Script[] {
  const at = all.indexOf(script);
  return all.slice(0, Math.max(0, at)).filter((other) => other.group === script.group);
}
