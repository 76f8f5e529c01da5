import type { Script } from "../proxy/settings.js";
import type { Dialect } from "../quoting/shell.js";

/**
 * The shells that may run a script. The runner takes bash where the image has it and `sh` otherwise, which is dash in
 * images that have bash as well and busybox's in Alpine's (shells/bash.go).
 */
export function dialectsOf({ shellName }: Script): readonly Dialect[] {
  if (shellName === "bash") return ["bash"];
  return shellName === "sh" ? ["dash", "busybox"] : ["bash", "busybox"];
}
