import { type Message, msg } from "../../text/message.js";
import { type CommandResult, type RunCommand, silence } from "./command.js";

/** The IPv4 addresses of docker0, the strongest first, or why they are not known. */
export type Docker0 =
  | { readonly known: true; readonly addresses: readonly string[] }
  | { readonly known: false; readonly because: Message };

export async function readDocker0(run: RunCommand): Promise<Docker0> {
  return docker0Of(await run({ file: "ip", args: ["-4", "-oneline", "addr", "show", "dev", "docker0"] }));
}

function docker0Of(result: CommandResult): Docker0 {
  const unknown = (because: Message): Docker0 => ({ known: false, because });
  if (result.kind !== "ended") return unknown(silence(result, "ip"));
  if (/does not exist|can't find device/.test(result.stderr)) {
    return unknown(msg("There is no docker0 here: Docker is not running, or uses another bridge."));
  }
  const addresses = [...result.stdout.matchAll(/\binet (\d+\.\d+\.\d+\.\d+)\//g)].flatMap(
    ([, address]) => address ?? [],
  );
  if (addresses.length > 0) return { known: true, addresses };
  const said = result.stderr.trim().split("\n")[0] ?? "";
  return unknown(said === "" ? msg("docker0 has no IPv4 address.") : msg("{0} failed: {1}", "ip", said));
}

/** All addresses of this machine. Node leaves out those of interfaces without a link, such as a bridge without containers. */
export async function readAddresses(run: RunCommand): Promise<ReadonlySet<string>> {
  const result = await run({ file: "ip", args: ["-oneline", "addr", "show"] });
  const stdout = result.kind === "ended" ? result.stdout : "";
  return new Set([...stdout.matchAll(/\binet6? ([\da-f.:]+)\//g)].flatMap(([, address]) => address ?? []));
}
