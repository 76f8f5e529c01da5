import type { DockerJsonTree } from "../formats/docker-json/index.js";
import type { EngineOptions } from "../options.js";
import { defaultOptions } from "../options.js";
import { isLoopback, isUnspecified } from "../proxy/host.js";
import { type CidrBlock, contains, parseCidr, parseIp, parseIpv4 } from "../proxy/ip.js";
import type { Document } from "./document.js";

/** The documents of a host, and the settings. */
export interface HostContext {
  readonly host: readonly Document[];
  readonly options: EngineOptions;
}

/** A block that Docker's networks take addresses from. */
export interface DockerBlock {
  readonly text: string;
  readonly block: CidrBlock;
  /** `bip` says so. Elsewhere dockerd passes over a block that a route or a name server of the host lies in. */
  readonly fixed: boolean;
}

/** What dockerd of the host does with addresses, as far as its files tell. */
export interface DockerNetwork {
  /** The address of docker0, which the host has in it. Undefined: there is no docker0, or its address is not known. */
  readonly docker0: string | undefined;
  readonly blocks: readonly DockerBlock[];
}

/** Docker's own default where daemon.json says nothing (moby, libnetwork/ipamutils). */
const defaultBlock = "172.17.0.0/16";

/** docker0 and the blocks of `bip` and `default-address-pools` of the host's daemon.json, or Docker's default. */
export function dockerNetwork({ host, options }: HostContext): DockerNetwork {
  const root = daemonJson(host)?.root;
  const bridge = root?.property("bridge")?.value;
  const bip = root?.property("bip")?.value;
  const pools = root?.property("default-address-pools")?.value;
  // Another bridge, or none, and what a template fills in: nothing is known.
  if ([bridge, bip, pools].some((value) => value?.unknown || value?.text?.hasUnknown()) || bridge) return nothing;
  const fromPools = (pools?.items ?? []).flatMap(
    (pool) => blockOf(pool.property("base")?.value?.text?.text, false) ?? [],
  );
  const own = blockOf(bip?.text?.text, true);
  if (bip) return own ? { docker0: own.text.replace(/\/.*$/, ""), blocks: [own, ...fromPools] } : nothing;
  const [first] = fromPools;
  if (first) return { docker0: firstAddress(first.block), blocks: fromPools };
  const fallback = blockOf(defaultBlock, false);
  const address = parseIp(options.docker0Address);
  // The setting names a docker0 that lies elsewhere, in a block of unknown size.
  if (!fallback || !address || !contains(fallback.block, address)) return nothing;
  return { docker0: options.docker0Address, blocks: [fallback] };
}

const nothing: DockerNetwork = { docker0: undefined, blocks: [] };

/**
 * The address by which containers reach the host: that of the setting, of `bip`, or of the host's cntlm, which listens on it.
 * @param port of a proxy: a cntlm that serves it comes first
 */
export function docker0Address(context: HostContext, port?: number): string {
  const listens = context.host
    .flatMap(({ settings }) => settings.addresses)
    .filter(({ role, host }) => role === "listen" && host !== undefined && parseIpv4(host) !== undefined)
    .filter(({ host }) => host !== undefined && !isLoopback(host) && !isUnspecified(host));
  const serving = listens.find((listen) => port !== undefined && listen.port === port);
  if (serving?.host !== undefined) return serving.host;
  if (context.options.docker0Address !== defaultOptions.docker0Address) return context.options.docker0Address;
  const { docker0 } = dockerNetwork(context);
  if (docker0 !== undefined && docker0 !== defaultOptions.docker0Address) return docker0;
  return listens[0]?.host ?? context.options.docker0Address;
}

/** Every address by which containers reach the host through docker0, the likeliest first. */
export function docker0Of(context: HostContext): readonly string[] {
  const { docker0 } = dockerNetwork(context);
  return [...new Set([docker0Address(context), ...(docker0 === undefined ? [] : [docker0])])];
}

function daemonJson(host: HostContext["host"]): DockerJsonTree | undefined {
  for (const { tree } of host.filter((document) => document.format.id === "docker-json")) {
    if (tree.format === "docker-json" && tree.kind === "daemon") return tree;
  }
  return undefined;
}

function blockOf(text: string | undefined, fixed: boolean): DockerBlock | undefined {
  const block = text === undefined ? undefined : parseCidr(text.trim());
  return text !== undefined && block ? { text: text.trim(), block, fixed } : undefined;
}

/** docker0 takes the first address of the first pool. */
function firstAddress({ address }: CidrBlock): string | undefined {
  if (address.length !== 4) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = address;
  return [a, b, c, d + 1].join(".");
}
