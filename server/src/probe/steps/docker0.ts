import { isLoopback, isUnspecified } from "../../proxy/host.js";
import { parseIp } from "../../proxy/ip.js";
import { msg } from "../../text/message.js";
import type { ProbeContext } from "../context.js";
import { localEndpoints } from "../endpoints.js";
import { readAddresses } from "../machine/docker0.js";
import { ok, problem, type Result, unknown } from "../result.js";

/** docker0's address against cntlm's Listen, the addresses that the files use, and the setting. */
export async function checkDocker0(context: ProbeContext): Promise<readonly Result[]> {
  const docker0 = await context.docker0();
  if (!docker0.known) return [unknown(docker0.because)];
  const [address = ""] = docker0.addresses;
  const others = localEndpoints(context, address).filter(({ host }) => {
    if (isLoopback(host) || isUnspecified(host) || parseIp(host)?.length !== 4) return false;
    return !docker0.addresses.includes(host);
  });
  const own = others.length > 0 ? await readAddresses(context.run) : new Set();
  const wrong = others.filter(({ host }) => !own.has(host));
  const results: Result[] = wrong.map(({ host, port, users }) =>
    problem(
      msg(
        "docker0 has the address {0} here, and {1} is none of this machine. It stands in {2}.",
        address,
        host,
        users.join(", "),
      ),
      msg("Write {0}:{1} there.", address, port),
    ),
  );
  if (!docker0.addresses.includes(context.options.docker0Address)) {
    results.push(
      problem(
        msg(
          "docker0 has the address {0} here; runnerProxy.docker0Address says {1}.",
          address,
          context.options.docker0Address,
        ),
        msg("Set runnerProxy.docker0Address to {0}.", address),
      ),
    );
  }
  return results.length > 0 ? results : [ok(msg("docker0 has the address {0}, as the files have it.", address))];
}
