import { type Message, msg } from "../../text/message.js";
import type { CommandResult, RunCommand } from "./command.js";

/** What systemd has loaded of a unit. */
export interface UnitState {
  readonly id: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly needsReload: boolean;
  /** Milliseconds since the epoch, whole seconds; undefined while it has never run. */
  readonly started: number | undefined;
  /** The unit's own file, its drop-ins, and the files of `EnvironmentFile=`. */
  readonly files: readonly string[];
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
  // In UTC a time has one meaning; the names of other zones do not.
  const env = { TZ: "UTC" };
  return unitsOf(await run({ file: "systemctl", args: ["show", `--property=${properties.join(",")}`, ...names], env }));
}

function unitsOf(result: CommandResult): Units {
  const unknown = (because: Message): Units => ({ known: false, because });
  if (result.kind === "missing") return unknown(msg("There is no systemd here."));
  if (result.kind === "timeout") return unknown(msg("{0} did not answer in time.", "systemctl"));
  if (result.kind === "failed") return unknown(msg("{0} does not start: {1}", "systemctl", result.reason));
  if (/not been booted with systemd|[Ff]ailed to connect to (?:system )?bus/.test(result.stderr)) {
    return unknown(msg("There is no systemd here."));
  }
  const units = parseUnits(result.stdout);
  if (units.size > 0) return { known: true, units };
  return unknown(msg("{0} failed: {1}", "systemctl", result.stderr.trim().split("\n")[0] ?? ""));
}

/** Reads what `systemctl show` prints: `Property=value` a line, an empty line between units. */
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
      started: timeOf(one("ActiveEnterTimestamp")),
      files: [
        ...all("FragmentPath"),
        ...wordsOf(one("DropInPaths")),
        // One a line, with `(ignore_errors=no)` behind it.
        ...all("EnvironmentFiles").map((value) => value.replace(/ \(ignore_errors=\w+\)$/, "")),
      ],
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

/** Words parted by blanks; one with signs of the shell stands in double quotes, with a backslash before some of them. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1"),
  );
}

/** `Tue 2026-11-24 10:10:11 UTC`. */
function timeOf(text: string): number | undefined {
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC$/.exec(text) ?? [];
  return date === undefined ? undefined : Date.parse(`${date}T${time}Z`);
}
