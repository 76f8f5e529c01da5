import { pathOf } from "../text/uri.js";

/**
 * What follows a host's root in the paths of the files that belong to a host. A repository that holds the files of
 * several hosts (`hosts/a/etc/cntlm.conf`, `hosts/b/etc/cntlm.conf`) is told apart by what comes before.
 */
const belowRoot = new RegExp(
  `^(.*?/|)(?:${[
    "(?:usr/local/)?etc/(?:systemd/|docker/|gitlab-runner/|default/|sysconfig/|cntlm\\.conf$|environment$)",
    // The folder that the runner's manual mounts into the runner's own container.
    "srv/gitlab-runner/config/",
    "(?:usr/local/lib|usr/lib|lib|run)/systemd/",
    // The last is the home of the runner's own user in older packages and in NixOS.
    "(?:root|home/[^/]+|var/lib/gitlab-runner)/\\.(?:docker|gitlab-runner|config/systemd|config/docker)/",
  ].join("|")})`,
);

/** The root folder of the host that a file belongs to, with its final `/`; undefined where the path shows none. */
export function hostRoot(uri: string): string | undefined {
  return belowRoot.exec(pathOf(uri))?.[1];
}

/**
 * Groups files into hosts: each file goes to its own root, or to the nearest root above or beside it
 * (a project's .gitlab-ci.yml inside the host's folder), or to the files that have none.
 * @returns for each URI the key of its group
 */
export function groupByHost(uris: readonly string[]): ReadonlyMap<string, string> {
  const roots = new Set<string>();
  for (const uri of uris) {
    const root = hostRoot(uri);
    if (root !== undefined) roots.add(root);
  }
  const groups = new Map<string, string>();
  for (const uri of uris) groups.set(uri, hostRoot(uri) ?? nearestRoot(pathOf(uri), roots) ?? "");
  return groups;
}

/** The longest of the roots that a path lies below; undefined where there is none. */
export function nearestRoot(path: string, roots: Pick<ReadonlySet<string>, "has">): string | undefined {
  for (let end = path.lastIndexOf("/"); end >= 0; end = end === 0 ? -1 : path.lastIndexOf("/", end - 1)) {
    const folder = path.slice(0, end + 1);
    if (roots.has(folder)) return folder;
  }
  return roots.has("") ? "" : undefined;
}
