import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The files of a runner's host that are there. */
export interface UsualFiles {
  /** Paths that this user may read. */
  readonly readable: readonly string[];
  /** Paths that this user may not read, or not even look at. */
  readonly denied: readonly string[];
}

/**
 * Looks where the files of a runner's host usually lie, and into the folders of its units' drop-ins.
 * @param root the root folder of the host
 */
export async function usualFiles(root = "/"): Promise<UsualFiles> {
  const readable: string[] = [];
  const denied: string[] = [];
  const look = async (path: string): Promise<void> => {
    try {
      await access(path, constants.R_OK);
      if (!(await stat(path)).isDirectory()) readable.push(path);
      else for (const name of (await readdir(path)).sort()) if (!name.startsWith(".")) await look(join(path, name));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EACCES" || code === "EPERM") denied.push(path);
    }
  };
  for (const place of places()) await look(join(root, place));
  return { readable, denied };
}

function places(): readonly string[] {
  const homes = new Set([homedir(), "/root"]);
  return [
    "/etc/cntlm.conf",
    "/etc/gitlab-runner/config.toml",
    ...["docker", "gitlab-runner", "cntlm"].flatMap((name) => [
      `/etc/systemd/system/${name}.service`,
      `/etc/systemd/system/${name}.service.d`,
      `/usr/lib/systemd/system/${name}.service`,
      `/etc/default/${name}`,
      `/etc/sysconfig/${name}`,
    ]),
    "/etc/docker/daemon.json",
    ...[...homes].map((home) => join(home, ".docker/config.json")),
  ];
}
