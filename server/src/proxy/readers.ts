import type { Reader, Scope } from "./settings.js";

/** Whether only Go programs read the scope: the runner service, dockerd, the docker client. */
export function onlyGoReads(scope: Scope): boolean {
  const go: readonly Reader[] = ["runner", "dockerd", "docker-client"];
  return scope.readers.length > 0 && scope.readers.every((reader) => go.includes(reader));
}

/** Whether unknown tools of a job read the scope: curl, wget, git, Python, Ruby, Node … */
export function jobReads(scope: Scope): boolean {
  return scope.readers.includes("job");
}

/** The program that reads a scope of Go programs, as messages name it. */
export function programOf(scope: Scope): string {
  if (scope.readers.includes("dockerd")) return "dockerd";
  if (scope.readers.includes("runner")) return "gitlab-runner";
  return scope.readers.includes("docker-client") ? "docker" : scope.label;
}
