import { networkInterfaces } from "node:os";
import { isLoopback, isUnspecified } from "../../proxy/host.js";
import { msg } from "../../text/message.js";
import type { ProbeContext } from "../context.js";
import { type LocalEndpoint, localEndpoints } from "../endpoints.js";
import { type Listener, listensAt, readListeners } from "../machine/listeners.js";
import { missing, ok, problem, type Result, unknown } from "../result.js";

/** Bridges of Docker, Podman and libvirt: those behind them are guests of this machine. */
const bridge = /^(?:docker|br-|podman|cni|virbr)/;

/** Whether something listens where the files say that a proxy of this host is, and on nothing that is reached from outside. */
export async function checkListening(context: ProbeContext): Promise<readonly Result[]> {
  const docker0 = await context.docker0();
  const addresses = docker0.known ? docker0.addresses : [];
  const endpoints = localEndpoints(context, addresses[0]);
  if (endpoints.length === 0) return [missing(msg("The files name no proxy on this host."), context.denied)];
  const listeners = await readListeners(context.run);
  if (!listeners.known) return [unknown(listeners.because)];
  return [
    ...endpoints.map((endpoint) => reached(endpoint, listeners.all)),
    ...exposed(
      context,
      endpoints,
      listeners.all,
      new Set([...addresses, ...interfaceAddresses((name) => bridge.test(name))]),
    ),
  ];
}

function reached(endpoint: LocalEndpoint, listeners: readonly Listener[]): Result {
  const { host, port, users } = endpoint;
  const anywhere = listeners.filter((listener) => listener.port === port);
  const there = isUnspecified(host) ? anywhere.length > 0 : listeners.some((listener) => listensAt(listener, endpoint));
  const place = `${host}:${port}`;
  if (there) return ok(msg("The port is open: {0}.", place));
  const files = users.join(", ");
  const [other] = anywhere;
  if (other) {
    return problem(
      msg("Nothing listens on {0}, which stands in {1}; the port is open on {2} alone.", place, files, other.host),
      msg("Let cntlm listen there (Listen {0}), then start it again.", place),
      ["sudo systemctl restart cntlm"],
    );
  }
  return problem(
    msg("Nothing listens on {0}, which stands in {1}.", place, files),
    msg("Start the proxy, and see why it did not."),
    ["sudo systemctl restart cntlm", "journalctl --unit=cntlm --lines=20"],
  );
}

function exposed(
  { chain }: ProbeContext,
  endpoints: readonly LocalEndpoint[],
  listeners: readonly Listener[],
  inside: ReadonlySet<string>,
): readonly Result[] {
  const ports = new Set(endpoints.map(({ port }) => port));
  const limited = chain.cntlms.filter(({ tree }) => tree.all("Allow").length > 0 || tree.all("Deny").length > 0);
  // A listener may outlive its address, at which nobody reaches it then.
  const own = new Set(interfaceAddresses(() => true));
  const open = listeners.filter(
    ({ host, port }) =>
      ports.has(port) && !isLoopback(host) && !inside.has(host) && (isUnspecified(host) || own.has(host)),
  );
  const unlimited = open.filter(({ port }) => !limited.some(({ listens }) => listens.some((one) => one.port === port)));
  // One word for IPv4 and IPv6 together.
  const told = unlimited.filter(({ host, port }, index) => {
    const first = unlimited.findIndex((one) => one.port === port && isUnspecified(one.host) && isUnspecified(host));
    return first < 0 || first === index;
  });
  return told.map(({ host, port }) =>
    problem(
      isUnspecified(host)
        ? msg(
            "Port {0} is open on every interface: without a firewall, everybody who reaches this machine uses the proxy.",
            port,
          )
        : msg("Port {0} is open on {1}, which is not docker0: other machines may use the proxy.", port, host),
      msg("Listen on docker0 alone, or limit it with Allow and Deny in cntlm.conf."),
    ),
  );
}

function interfaceAddresses(wanted: (name: string) => boolean): readonly string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    wanted(name) ? (all ?? []).map(({ address }) => address) : [],
  );
}
