import { isUnspecified } from "../../proxy/host.js";
import { type Message, msg } from "../../text/message.js";
import { type RunCommand, silence } from "./command.js";

/** An address and port on which something takes connections. */
export interface Listener {
  /** Without brackets; `0.0.0.0` or `::` for every interface. */
  readonly host: string;
  readonly port: number;
}

/** What takes TCP connections on this machine, or why it is not known. */
export type Listeners =
  | { readonly known: true; readonly all: readonly Listener[] }
  | { readonly known: false; readonly because: Message };

export async function readListeners(run: RunCommand): Promise<Listeners> {
  const result = await run({ file: "ss", args: ["-H", "-l", "-t", "-n"] });
  if (result.kind !== "ended") return { known: false, because: silence(result, "ss") };
  if (result.code === 0) return { known: true, all: parseListeners(result.stdout) };
  return { known: false, because: msg("{0} failed: {1}", "ss", result.stderr.trim().split("\n")[0] ?? "") };
}

/** Reads what `ss -H -l -t -n` prints; the fourth column is the local address. */
export function parseListeners(text: string): readonly Listener[] {
  return text.split("\n").flatMap((line) => {
    const [, host, port] = /^(.*?)(?:%[^:]+)?:(\d+)$/.exec(line.trim().split(/\s+/)[3] ?? "") ?? [];
    if (host === undefined) return [];
    // `*` is IPv6 that takes IPv4 as well.
    return [{ host: host === "*" ? "::" : host.replace(/^\[|\]$/g, ""), port: Number(port) }];
  });
}

export function listensAt({ host, port }: Listener, at: { readonly host: string; readonly port: number }): boolean {
  return port === at.port && (host === at.host || isUnspecified(host));
}
