import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the files of a runner's host usually lie.
 * @returns those that are there: files and folders
 */
export async function usualPlaces(): Promise<readonly string[]> {
  const home = homedir();
  const places = [
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
    join(home, ".docker/config.json"),
    ...(home === "/root" ? [] : ["/root/.docker/config.json"]),
  ];
  const there = await Promise.all(places.map((path) => stat(path).catch(() => undefined)));
  return places.filter((_, index) => there[index] !== undefined);
}
