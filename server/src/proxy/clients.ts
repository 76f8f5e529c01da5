import { measured } from "./clients.measured.js";

/** The programs whose behaviour is measured. GitLab Runner and dockerd are Go programs: `go` is theirs. */
export const clientNames = [
  "curl",
  "wget",
  "git",
  "go",
  "docker",
  "python-requests",
  "python-urllib",
  "ruby",
  "node-undici",
  "node-proxy-from-env",
] as const;
export type ClientName = (typeof clientNames)[number];

/** What became of a request: it came to the proxy, with other credentials, bypassed it without a word, or came nowhere. */
export type Outcome = "proxy" | "altered" | "direct" | "failed";

/** What a client reads of its environment. Of the names, the first that is set wins. */
export interface ClientVariables {
  readonly http: readonly string[];
  readonly https: readonly string[];
  readonly noProxy: readonly string[];
  /** Any mix of upper and lower case is read as well. */
  readonly anyCase: boolean;
  /** An address without `http://` is an error. */
  readonly needsScheme: boolean;
}

export interface Client {
  readonly name: ClientName;
  /** For people, and the same in every language. */
  readonly label: string;
  /** The version that was measured. */
  readonly version: string;
  readonly variables: ClientVariables;
}

const labels: Readonly<Record<ClientName, string>> = {
  curl: "curl",
  wget: "wget",
  git: "git",
  go: "Go",
  docker: "docker",
  "python-requests": "Python requests",
  "python-urllib": "Python urllib",
  ruby: "Ruby",
  "node-undici": "undici",
  "node-proxy-from-env": "proxy-from-env",
};

export const clients: Readonly<Record<ClientName, Client>> = {
  curl: client("curl"),
  wget: client("wget"),
  git: client("git"),
  go: client("go"),
  docker: client("docker"),
  "python-requests": client("python-requests"),
  "python-urllib": client("python-urllib"),
  ruby: client("ruby"),
  "node-undici": client("node-undici"),
  "node-proxy-from-env": client("node-proxy-from-env"),
};

function client(name: ClientName): Client {
  return { name, label: labels[name], version: measured.versions[name], variables: measured.variables[name] };
}

export function isClientName(name: string): name is ClientName {
  return clientNames.some((known) => known === name);
}

/** Whether a client reads a variable of this name, for `http`, for `https` or as its bypass list. */
export function readsVariable(name: ClientName, use: "http" | "https" | "noProxy", variable: string): boolean {
  const { variables } = clients[name];
  if (variables[use].includes(variable)) return true;
  return variables.anyCase && variables[use].some((read) => read.toLowerCase() === variable.toLowerCase());
}

/** The labels of some clients, for a message: `curl, wget, git`. */
export function labelsOf(names: readonly ClientName[]): string {
  return names.map((name) => clients[name].label).join(", ");
}
