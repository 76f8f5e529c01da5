/** The JSON types that a key may have. `any`: the key's inside is not looked at. */
export type JsonType = "string" | "number" | "boolean" | "object" | "array" | "any";

/** A key's type; for an object or an array also that of what it holds. */
export interface KeyType {
  readonly type: JsonType;
  readonly values?: KeyType;
  /** The object's own keys, where they are fixed. */
  readonly keys?: Readonly<Record<string, KeyType>>;
}

const string: KeyType = { type: "string" };
const number: KeyType = { type: "number" };
const boolean: KeyType = { type: "boolean" };
const any: KeyType = { type: "any" };
const strings: KeyType = { type: "array", values: string };
const stringMap: KeyType = { type: "object", values: string };

/** The keys of an endpoint under `proxies` of the docker client's config.json (docker/cli, ProxyConfig). */
export const endpointKeys: Readonly<Record<string, KeyType>> = {
  httpProxy: string,
  httpsProxy: string,
  noProxy: string,
  ftpProxy: string,
  allProxy: string,
};

/** The keys of the docker client's config.json (docker/cli 28, configfile.ConfigFile). Letter case does not matter. */
export const clientKeys: Readonly<Record<string, KeyType>> = {
  auths: {
    type: "object",
    values: {
      type: "object",
      keys: {
        username: string,
        password: string,
        auth: string,
        email: string,
        serveraddress: string,
        identitytoken: string,
        registrytoken: string,
      },
    },
  },
  HttpHeaders: stringMap,
  psFormat: string,
  imagesFormat: string,
  networksFormat: string,
  pluginsFormat: string,
  volumesFormat: string,
  statsFormat: string,
  detachKeys: string,
  credsStore: string,
  credHelpers: stringMap,
  serviceInspectFormat: string,
  servicesFormat: string,
  tasksFormat: string,
  secretFormat: string,
  configFormat: string,
  nodesFormat: string,
  pruneFilters: strings,
  proxies: { type: "object", values: { type: "object", keys: endpointKeys } },
  currentContext: string,
  cliPluginsExtraDirs: strings,
  plugins: { type: "object", values: stringMap },
  aliases: stringMap,
  features: stringMap,
  experimental: string,
  // Of clients up to 20.10; those of today pass over it.
  stackOrchestrator: string,
};

/** The keys of `proxies` in daemon.json (moby 23.0 and later, config.Proxies). */
export const daemonProxyKeys: Readonly<Record<string, KeyType>> = {
  "http-proxy": string,
  "https-proxy": string,
  "no-proxy": string,
};

/**
 * The keys of daemon.json (moby, daemon/config; docker/cli, dockerd's reference), those of Windows and of older
 * versions included. Letter case matters: dockerd looks each key up among its options first.
 */
export const daemonKeys: Readonly<Record<string, KeyType>> = {
  "add-runtime": any,
  "allow-direct-routing": boolean,
  "allow-nondistributable-artifacts": strings,
  "api-cors-header": string,
  "authorization-plugins": strings,
  bip: string,
  bip6: string,
  bridge: string,
  "bridge-accept-fwmark": string,
  builder: any,
  "cdi-spec-dirs": strings,
  "cgroup-parent": string,
  "cluster-advertise": string,
  "cluster-store": string,
  "cluster-store-opts": stringMap,
  containerd: string,
  "containerd-namespace": string,
  "containerd-plugin-namespace": string,
  "cpu-rt-period": number,
  "cpu-rt-runtime": number,
  "cri-containerd": boolean,
  "data-root": string,
  debug: boolean,
  "default-address-pools": { type: "array", values: { type: "object", keys: { base: string, size: number } } },
  "default-cgroupns-mode": string,
  "default-gateway": string,
  "default-gateway-v6": string,
  "default-ipc-mode": string,
  "default-network-opts": { type: "object", values: stringMap },
  "default-runtime": string,
  "default-shm-size": any,
  "default-ulimits": { type: "object", values: { type: "object", keys: { Name: string, Hard: number, Soft: number } } },
  "deprecated-key-path": string,
  dns: strings,
  "dns-opts": strings,
  "dns-search": strings,
  "exec-opts": strings,
  "exec-root": string,
  experimental: boolean,
  features: { type: "object", values: boolean },
  "firewall-backend": string,
  "fixed-cidr": string,
  "fixed-cidr-v6": string,
  graph: string,
  group: string,
  "host-gateway-ip": string,
  "host-gateway-ips": strings,
  hosts: strings,
  icc: boolean,
  init: boolean,
  "init-path": string,
  "insecure-registries": strings,
  ip: string,
  "ip-forward": boolean,
  "ip-forward-no-drop": boolean,
  "ip-masq": boolean,
  ip6tables: boolean,
  iptables: boolean,
  ipv6: boolean,
  labels: strings,
  "live-restore": boolean,
  "log-driver": string,
  "log-format": string,
  "log-level": string,
  "log-opts": stringMap,
  "max-concurrent-downloads": number,
  "max-concurrent-uploads": number,
  "max-download-attempts": number,
  "metrics-addr": string,
  mtu: number,
  "network-control-plane-mtu": number,
  "network-diagnostic-port": number,
  "no-new-privileges": boolean,
  "node-generic-resources": strings,
  "oom-score-adjust": number,
  pidfile: string,
  proxies: { type: "object", keys: daemonProxyKeys },
  "raw-logs": boolean,
  "registry-mirrors": strings,
  "resolv-conf": string,
  runtimes: any,
  "seccomp-profile": string,
  "selinux-enabled": boolean,
  "shutdown-timeout": number,
  "storage-driver": string,
  "storage-opts": strings,
  "swarm-default-advertise-addr": string,
  "swarm-raft-election-tick": number,
  "swarm-raft-heartbeat-tick": number,
  tls: boolean,
  tlscacert: string,
  tlscert: string,
  tlskey: string,
  tlsverify: boolean,
  "userland-proxy": boolean,
  "userland-proxy-path": string,
  "userns-remap": string,
};

/**
 * Names that dockerd takes without a word, since they are its command-line options, and that do nothing in daemon.json:
 * the singular of a list, and the three proxy options, which count only under `proxies`.
 */
export const daemonOptionsWithoutEffect: readonly string[] = [
  "http-proxy",
  "https-proxy",
  "no-proxy",
  "authorization-plugin",
  "cdi-spec-dir",
  "cluster-store-opt",
  "config-file",
  "containerd-plugins-namespace",
  "default-address-pool",
  "default-network-opt",
  "default-ulimit",
  "dns-opt",
  "exec-opt",
  "feature",
  "help",
  "host",
  "insecure-registry",
  "label",
  "log-opt",
  "node-generic-resource",
  "registry-mirror",
  "rootless",
  "storage-opt",
  "validate",
  "version",
];

/** Keys of daemon.json whose object dockerd does not look into for unknown names (moby, flatOptions). */
export const daemonFreeObjects: readonly string[] = [
  "cluster-store-opts",
  "default-network-opts",
  "log-opts",
  "runtimes",
  "default-ulimits",
  "features",
  "builder",
];

/** A name as Go's encoding/json compares field names: without regard to letter case (ſ is s, the Kelvin sign is k). */
export function foldName(name: string): string {
  return name.replaceAll("ſ", "s").toLowerCase();
}
