import { isLoopback, isUnspecified } from "../../proxy/host.js";
import { msg } from "../../text/message.js";
import type { ProbeContext } from "../context.js";
import { shellWord } from "../machine/command.js";
import { missing, ok, problem, type Result, unknown } from "../result.js";
import { unitNameOf } from "../units.js";

/** Whether cntlm is started after Docker, where it listens on an address that Docker makes. */
export async function checkBootOrder({
  chain,
  denied,
  units,
  options,
  docker0,
}: ProbeContext): Promise<readonly Result[]> {
  if (chain.cntlms.length === 0) return [missing(msg("No cntlm.conf is among the files."), denied)];
  const known = await docker0();
  const bridge = new Set([options.docker0Address, ...(known.known ? known.addresses : [])]);
  const listens = chain.cntlms.flatMap((cntlm) => cntlm.listens.map(({ host }) => host));
  const listen = listens.find((host) => !isLoopback(host) && !isUnspecified(host) && bridge.has(host));
  if (listen === undefined)
    return [ok(msg("cntlm needs not wait for Docker: it does not listen on docker0's address."))];
  const loaded = await units();
  if (!loaded.known) return [unknown(loaded.because)];
  const name = unitNameOf(chain, "cntlm");
  const docker = unitNameOf(chain, "docker");
  const state = loaded.units.get(name);
  if (!state || state.loadState === "not-found") return [unknown(msg("systemd knows no {0} here.", name))];
  const waits = state.after.some((unit) => unit === docker || /-docker0\.device$/.test(unit));
  if (waits) return [ok(msg("{0} is started after Docker.", name))];
  // Until docker0 is there, systemd starts it again.
  if (state.restart !== "" && state.restart !== "no") {
    return [ok(msg("{0} is not started after Docker, but again when it fails (Restart={1}).", name, state.restart))];
  }
  const drop = `[Unit]\\nAfter=${docker}\\nWants=${docker}\\n`;
  const folder = `/etc/systemd/system/${name}.d`;
  return [
    problem(
      msg(
        "{0} is not started after Docker: where it is the faster at boot, {1} is not there yet and cntlm ends.",
        name,
        listen,
      ),
      msg("Let it wait for Docker by a drop-in."),
      [
        `sudo mkdir --parents ${shellWord(folder)}`,
        `printf '${drop}' | sudo tee ${shellWord(`${folder}/after-docker.conf`)}`,
        "sudo systemctl daemon-reload",
      ],
    ),
  ];
}
