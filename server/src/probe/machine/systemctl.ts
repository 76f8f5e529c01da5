import { readEscape } from "../../quoting/systemd-escapes.js";
import { type Message, msg } from "../../text/message.js";
import { type CommandResult, type RunCommand, silence } from "./command.js";

/** What systemd has loaded of a unit. */
export interface UnitState {
  readonly id: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly needsReload: boolean;
  /** When its main process was started, whose environment stays as it is. Milliseconds since the epoch, whole seconds; undefined: never. */
  readonly started: number | undefined;
  /** The unit's own file and its drop-ins, which systemd reads when it is reloaded. */
  readonly files: readonly string[];
  /** The files of `EnvironmentFile=`, which it reads at each start. */
  readonly environmentFiles: readonly string[];
  /** `Environment=`, added up. */
  readonly environment: ReadonlyMap<string, string>;
  /** Units that are started before it at boot. */
  readonly after: readonly string[];
  readonly restart: string;
}

export type Units =
  | { readonly known: true; readonly units: ReadonlyMap<string, UnitState> }
  | { readonly known: false; readonly because: Message };

const properties = [
  "Id",
  "LoadState",
  "ActiveState",
  "NeedDaemonReload",
  "ExecMainStartTimestamp",
  "ActiveEnterTimestamp",
  "FragmentPath",
  "DropInPaths",
  "EnvironmentFiles",
  "Environment",
  "After",
  "Restart",
];

/** @param names with their type: `docker.service` */
export async function readUnits(run: RunCommand, names: readonly string[]): Promise<Units> {
  // In UTC a time has one meaning; the names of other zones do not. (--timestamp= is not known to systemd before 247.)
  const env = { TZ: "UTC" };
  return unitsOf(await run({ file: "systemctl", args: ["show", `--property=${properties.join(",")}`, ...names], env }));
}

/**
 * What systemctl says in a container, a chroot, or where its sockets are not. From 256 on it names scope and transport of the bus
 * (shared/bus-util.c). Where it may not connect, there is a systemd all the same.
 */
const noSystemd =
  /not been booted with systemd|Running in chroot|Failed to connect to .*\bbus\b.*: (?:No such file|Host is down|Connection refused|No medium)/;

function unitsOf(result: CommandResult): Units {
  const unknown = (because: Message): Units => ({ known: false, because });
  if (result.kind === "missing") return unknown(msg("There is no systemd here."));
  if (result.kind !== "ended") return unknown(silence(result, "systemctl"));
  if (noSystemd.test(result.stderr)) return unknown(msg("There is no systemd here."));
  const units = parseUnits(result.stdout);
  if (units.size > 0) return { known: true, units };
  return unknown(msg("{0} failed: {1}", "systemctl", result.stderr.trim().split("\n")[0] ?? ""));
}

/**
 * Reads what `systemctl show` prints: `Property=value` a line, an empty line between units (systemctl-show.c, and
 * shared/bus-print-properties.c for lists and times).
 */
export function parseUnits(text: string): ReadonlyMap<string, UnitState> {
  const units = new Map<string, UnitState>();
  for (const block of text.split(/\n{2,}/)) {
    const lines = block
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
    const all = (name: string) => lines.flatMap(([key, value]) => (key === name && value ? [value] : []));
    const one = (name: string) => all(name)[0] ?? "";
    const id = one("Id");
    if (id === "") continue;
    units.set(id, {
      id,
      loadState: one("LoadState"),
      activeState: one("ActiveState"),
      needsReload: one("NeedDaemonReload") === "yes",
      started: timeOf(one("ExecMainStartTimestamp")) ?? timeOf(one("ActiveEnterTimestamp")),
      files: [...all("FragmentPath"), ...wordsOf(one("DropInPaths"))],
      // One a line, with `(ignore_errors=no)` behind it.
      environmentFiles: all("EnvironmentFiles").map((value) => value.replace(/ \(ignore_errors=\w+\)$/, "")),
      environment: new Map(
        wordsOf(one("Environment")).map((word) => [
          word.slice(0, word.indexOf("=")),
          word.slice(word.indexOf("=") + 1),
        ]),
      ),
      after: wordsOf(one("After")),
      restart: one("Restart"),
    });
  }
  return units;
}

/** Words parted by blanks; one with signs of the shell, or with control characters, stands in double quotes (basic/escape.c). */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : unescaped(quoted),
  );
}

/** The shell's signs are escaped too, which unit files have no escape for: they stand for themselves. */
function unescaped(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; ) {
    const found = text.charAt(at) === "\\" ? readEscape(text, at, text.length) : undefined;
    const end = found?.end ?? at + (text.charAt(at) === "\\" ? 2 : 1);
    out += found?.decoded ?? text.slice(end - 1, end);
    at = end;
  }
  return out;
}

/** `Tue 2026-11-24 10:10:11 UTC`. */
function timeOf(text: string): number | undefined {
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC$/.exec(text) ?? [];
  return date === undefined ? undefined : Date.parse(`${date}T${time}Z`);
}
