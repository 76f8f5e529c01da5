import type { Reader, ShellKind } from "../../proxy/settings.js";
import type { Runner } from "./runner.js";

const dockerExecutors = new Set([
  "docker",
  "docker-windows",
  "docker+machine",
  "docker-autoscaler",
  "docker-ssh",
  "docker-ssh+machine",
]);
/** Those that run the job on the host itself or on a machine of its own. */
const plainExecutors = new Set(["shell", "ssh", "parallels", "virtualbox", "instance"]);
/** Those whose containers dockerd of this machine runs. */
const localDocker = new Set(["docker", "docker-windows", "docker-ssh"]);

const withServices: readonly Reader[] = ["helper", "job", "service"];
const withoutServices: readonly Reader[] = ["helper", "job"];

/** Whether the runner's jobs run in containers with a network of their own. undefined: not known. */
export function usesContainers(runner: Runner): boolean | undefined {
  const executor = runner.executor?.value ?? "";
  if (plainExecutors.has(executor)) return false;
  // A patch of the pod may put it into the host's network.
  if (executor === "kubernetes") return runner.kubernetes?.find("pod_spec") ? undefined : true;
  if (!dockerExecutors.has(executor)) return undefined;
  const mode = runner.docker?.find("network_mode");
  if (!mode) return true;
  const value = runner.docker?.string("network_mode")?.value;
  if (value === undefined || /[{}<>$%@]|^container:/.test(value)) return undefined;
  return value !== "host";
}

/** Whether dockerd of this machine pulls the runner's images. */
export function usesLocalDocker(runner: Runner): boolean {
  const host = runner.docker?.string("host")?.value ?? "";
  return localDocker.has(runner.executor?.value ?? "") && /^$|^unix:|^npipe:/.test(host);
}

/** Whether jobs run on another machine than the runner's, or may: what its addresses are there is not known. */
export function mayRunElsewhere(runner: Runner): boolean {
  const executor = runner.executor?.value ?? "";
  return executor !== "" && executor !== "shell" && !usesLocalDocker(runner);
}

/** Who reads the runner's `environment`. */
export function readersOf(runner: Runner): readonly Reader[] {
  return plainExecutors.has(runner.executor?.value ?? "") ? withoutServices : withServices;
}

/** Whether the jobs surely run on Windows. `pwsh` may be that of Linux. */
export function runsOnWindows(runner: Runner): boolean {
  const executor = runner.executor?.value ?? "";
  if (executor === "docker-windows") return true;
  return plainExecutors.has(executor) && /^(?:powershell|cmd)$/.test(runner.shell?.value ?? "");
}

/** The interpreter of the runner's scripts: what `shell` names, or the executor's own. */
export function shellOf(runner: Runner): ShellKind {
  if (!runner.shell || runner.shell.value === "") {
    if (runner.table.find("shell") && !runner.shell) return "unknown";
    return runner.executor?.value === "docker-windows" ? "powershell" : "posix";
  }
  switch (runner.shell.value) {
    case "bash":
    case "sh":
      return "posix";
    case "pwsh":
    case "powershell":
      return "powershell";
    case "cmd":
      return "cmd";
    default:
      return "unknown";
  }
}
