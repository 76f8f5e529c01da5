import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What `systemd --test` says of the units that it has loaded. */
export interface Loaded {
  /** The variables of Environment= of a unit, by name; undefined for a unit that was not loaded. */
  environment(unit: string): ReadonlyMap<string, string> | undefined;
  /** The values of another property that it prints, such as `EnvironmentFile`, in order. */
  property(unit: string, name: string): readonly string[];
  /** What it complained of. */
  readonly messages: string;
}

const nobody = 65_534;
const standIns = ["basic.target", "shutdown.target", "sockets.target", "paths.target", "timers.target", "app.slice"];

/** Text that makes a unit of [Service] lines. */
export function service(lines: string): string {
  return `[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/true\n${lines}`;
}

/**
 * Has systemd load units, in one run. It refuses to do that as root.
 * @param files path below the folder of units → content
 * @param units which to load
 */
export function load(files: ReadonlyMap<string, string>, units: readonly string[]): Loaded {
  const folder = mkdtempSync(join(tmpdir(), "systemd-"));
  try {
    chmodSync(folder, 0o755);
    const write = (path: string, text: string) => {
      const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
      mkdirSync(join(folder, "units", parent), { recursive: true });
      writeFileSync(join(folder, "units", path), text);
    };
    for (const name of standIns) write(name, "[Unit]\nDefaultDependencies=no\n");
    write("all.target", `[Unit]\nDefaultDependencies=no\n${units.map((unit) => `Wants=${unit}\n`).join("")}`);
    for (const [path, text] of files) write(path, text);
    const runtime = join(folder, "run");
    mkdirSync(runtime, { mode: 0o700 });
    const root = process.getuid?.() === 0;
    if (root) chownSync(runtime, nobody, nobody);
    const { stdout, stderr } = spawnSync("/usr/lib/systemd/systemd", ["--test", "--user", "--unit=all.target"], {
      cwd: runtime,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: {
        PATH: "/usr/bin:/bin",
        HOME: runtime,
        XDG_RUNTIME_DIR: runtime,
        SYSTEMD_UNIT_PATH: join(folder, "units"),
        SYSTEMD_LOG_TARGET: "console",
      },
      ...(root && { uid: nobody, gid: nobody }),
    });
    return loaded(stdout, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function loaded(stdout: string, messages: string): Loaded {
  const dumps = new Map<string, string>();
  for (const part of stdout.split(/^\t-> Unit /m).slice(1)) dumps.set(part.slice(0, part.indexOf(":\n")), part);
  const property = (unit: string, name: string) => {
    const dump = dumps.get(unit) ?? "";
    return [...dump.matchAll(new RegExp(`^\\t\\t${name}: ([^]*?)\\n(?=\\t|$)`, "gm"))].map((match) => match[1] ?? "");
  };
  return {
    messages,
    property,
    environment(unit) {
      if (!/^\t\tUnit Load State: loaded$/m.test(dumps.get(unit) ?? "")) return undefined;
      const found = new Map<string, string>();
      for (const line of property(unit, "Environment")) {
        found.set(line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1));
      }
      return found;
    },
  };
}
