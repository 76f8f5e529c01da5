import { isUnspecified } from "../../proxy/host.js";
import type { CommandResult, RunCommand } from "./command.js";

/** An address and port on which something takes connections. */
export interface Listener {
  /** Without brackets; `0.0.0.0` or `::` for every interface. */
  readonly host: string;
  readonly port: number;
}

/** What takes TCP connections on this machine; undefined where it cannot be asked. */
export async function readListeners(run: RunCommand): Promise<readonly Listener[] | undefined> {
  const result: CommandResult = await run({ file: "ss", args: ["-H", "-l", "-t", "-n"] });
  return result.kind === "ended" && result.code === 0 ? parseListeners(result.stdout) : undefined;
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
