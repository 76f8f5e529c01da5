import type { KeyInfo } from "../../formats/runner-toml/keys/index.js";

/** The executors of GitLab Runner 19; those of older versions that are gone are left out. */
const executors = [
  "docker",
  "shell",
  "kubernetes",
  "docker-autoscaler",
  "instance",
  "docker-windows",
  "docker+machine",
  "ssh",
  "custom",
  "parallels",
  "virtualbox",
];
const pullPolicies = ["always", "if-not-present", "never"];

/** Values of keys whose type alone does not tell them: all there are, or the usual ones. */
const usual: Readonly<Record<string, readonly string[]>> = {
  "/log_level": ["debug", "info", "warn", "error", "fatal", "panic"],
  "/log_format": ["runner", "text", "json"],
  "runners[]/executor": executors,
  "runners[]/url": ["https://gitlab.com/"],
  "runners[].cache/type": ["s3", "gcs", "azure"],
  "runners[].docker/pull_policy": pullPolicies,
  "runners[].docker/allowed_pull_policies": pullPolicies,
  "runners[].kubernetes/pull_policy": pullPolicies,
  "runners[].kubernetes/allowed_pull_policies": pullPolicies,
  "runners[].docker/network_mode": ["bridge", "host", "none"],
  "runners[].docker/host": ["unix:///var/run/docker.sock", "tcp://docker:2376", "tcp://docker:2375"],
  "runners[].docker/volumes": ["/cache", "/certs/client", "/var/run/docker.sock:/var/run/docker.sock"],
  "runners[].docker/isolation": ["default", "hyperv", "process"],
  "runners[].docker/extra_hosts": ["host.docker.internal:host-gateway"],
  "runners[].docker.services[]/name": ["docker:dind"],
  "runners[].docker.services[]/alias": ["docker"],
  "runners[].kubernetes.services[]/name": ["docker:dind"],
  "runners[].kubernetes.services[]/alias": ["docker"],
};

/** Values that go to a key, unquoted; none where anything may stand. */
export function runnerValues({ table, key, type, values }: KeyInfo): readonly string[] {
  if (type === "boolean") return ["true", "false"];
  if (values) return values.filter((value) => value !== "");
  return usual[`${table}/${key}`.toLowerCase()] ?? [];
}
