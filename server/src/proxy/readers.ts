import { remembering } from "../text/memo.js";
import { type ClientName, clientNames } from "./clients.js";
import type { Reader, Scope } from "./settings.js";

/**
 * The measured programs that stand behind a reader. The runner, dockerd and the helper's upload of cache and artifacts are
 * Go; a service container is dind's dockerd as far as proxies go. In a job any tool may run, the docker client too, which
 * reads as Go does and so is not named apart. Of another unit and of cntlm itself nothing is known.
 */
const clientsByReader: Readonly<Record<Reader, readonly ClientName[]>> = {
  runner: ["go"],
  dockerd: ["go"],
  "docker-client": ["docker"],
  helper: ["git", "go"],
  job: ["curl", "wget", "git", "go", "python-requests", "python-urllib", "ruby", "node-undici", "node-proxy-from-env"],
  service: ["go"],
  cntlm: [],
  unit: [],
};

/** The measured programs that may read the scope, in the order of {@link clientNames}; none where nothing is known. */
export function clientsOf({ clients, readers }: Scope): readonly ClientName[] {
  return clients ?? clientsReading(readers.join());
}

const clientsReading = remembering((names: string): readonly ClientName[] => {
  const readers = names.split(",");
  const found = new Set(
    Object.entries(clientsByReader).flatMap(([reader, clients]) => (readers.includes(reader) ? clients : [])),
  );
  return clientNames.filter((client) => found.has(client));
});

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
  if (scope.readers.includes("dockerd")) {
    if (scope.kind !== "unit" && scope.kind !== "environment-file") return "dockerd";
    const program = /^(?:containerd|buildkit)(?=d?\.)/.exec(scope.label)?.[0];
    return program === "buildkit" ? "buildkitd" : (program ?? "dockerd");
  }
  if (scope.readers.includes("runner")) return "gitlab-runner";
  return scope.readers.includes("docker-client") ? "docker" : scope.label;
}
