import { type ClientName, labelsOf, readsVariable } from "../../proxy/clients.js";
import { clientsOf } from "../../proxy/readers.js";
import type { Assignment, Reader, Scope } from "../../proxy/settings.js";
import type { ProxyVariable } from "../../proxy/variables.js";
import { type Localize, msg } from "../../text/message.js";

/** Who gets the variables of a scope, in a sentence. */
export function readersText({ readers, kind }: Scope, localize: Localize): string {
  if (kind === "docker-client")
    return localize(msg("Goes to the containers and builds that this docker client starts."));
  const names = readers.map((reader) => readerName(reader, localize));
  return localize(msg("Read by: {0}.", names.join(", ")));
}

function readerName(reader: Reader, localize: Localize): string {
  switch (reader) {
    case "runner":
      return "gitlab-runner";
    case "dockerd":
      return "dockerd";
    case "docker-client":
      return localize(msg("the docker client"));
    case "helper":
      return localize(msg("git and the runner's helper"));
    case "job":
      return localize(msg("the job's programs"));
    case "service":
      return localize(msg("service containers"));
    case "cntlm":
      return "cntlm";
    case "unit":
      return localize(msg("the program of the unit"));
  }
}

const uses: Readonly<Record<ProxyVariable, "http" | "https" | "noProxy" | undefined>> = {
  http_proxy: "http",
  https_proxy: "https",
  no_proxy: "noProxy",
  all_proxy: undefined,
  ftp_proxy: undefined,
};

/** Which of the programs in play take the name as it is spelt; undefined where all do, or nothing is known. */
export function spellingText(
  scope: Scope,
  { variable, name, spelling }: Assignment,
  localize: Localize,
): string | undefined {
  const use = variable && uses[variable];
  if (!use || spelling === "client-key" || spelling === "daemon-key") return undefined;
  const clients = clientsOf(scope);
  const reads = (client: ClientName) => readsVariable(client, use, name.text);
  const others = clients.filter((client) => !reads(client));
  if (others.length === 0) return undefined;
  const some = clients.filter(reads);
  return some.length === 0
    ? localize(msg("No program is known that reads {0}.", name.text))
    : localize(msg("{0} is read by {1}; not by {2}.", name.text, labelsOf(some), labelsOf(others)));
}
