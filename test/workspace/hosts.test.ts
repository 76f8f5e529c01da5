import { expect, test } from "vitest";
import { groupByHost, hostRoot } from "../../server/src/workspace/hosts.js";

test("a host's root is what comes before its files' real paths", () => {
  expect(hostRoot("file:///etc/cntlm.conf")).toBe("/");
  expect(hostRoot("file:///repo/hosts/a/etc/gitlab-runner/config.toml")).toBe("/repo/hosts/a/");
  expect(hostRoot("hosts/b/root/.docker/config.json")).toBe("hosts/b/");
  expect(hostRoot("etc/systemd/system/docker.service.d/http-proxy.conf")).toBe("");
  expect(hostRoot("file:///repo/files/http-proxy.conf")).toBeUndefined();
});

test.each([
  ["hosts/a/usr/local/lib/systemd/system/docker.service", "hosts/a/"],
  ["hosts/a/usr/local/etc/gitlab-runner/config.toml", "hosts/a/"],
  ["hosts/a/usr/lib/systemd/system/docker.service", "hosts/a/"],
  ["hosts/a/run/systemd/system/docker.service.d/x.conf", "hosts/a/"],
  ["hosts/a/var/lib/gitlab-runner/.docker/config.json", "hosts/a/"],
  ["hosts/a/home/ci/.config/systemd/user/docker.service.d/x.conf", "hosts/a/"],
  ["hosts/a/home/ci/.config/docker/daemon.json", "hosts/a/"],
  ["/etc/ansible/hosts/a/etc/docker/daemon.json", "/etc/ansible/hosts/a/"],
  // Folders of a library or a project of these names are no host's.
  ["src/lib/docker/hosts/a/etc/docker/daemon.json", "src/lib/docker/hosts/a/"],
  ["src/run/gitlab-runner/config.toml", undefined],
])("%s lies in %s", (path, root) => {
  expect(hostRoot(path)).toBe(root);
});

test("files go to their own host, the nearest above, or to those without one", () => {
  const uris = [
    "file:///repo/a/etc/cntlm.conf",
    "file:///repo/a/project/.gitlab-ci.yml",
    "file:///repo/b/etc/docker/daemon.json",
    "file:///.gitlab-ci.yml",
    "file:///repo/.gitlab-ci.yml",
  ];
  expect([...groupByHost(uris)].map(([, key]) => key)).toEqual(["/repo/a/", "/repo/a/", "/repo/b/", "", ""]);
});
