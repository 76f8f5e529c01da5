import { cntlmPort } from "../../generate/values.js";
import { parseAddress } from "../../proxy/address.js";
import { parseBypassList } from "../../proxy/bypass/entry.js";
import { isLoopback, isUnspecified } from "../../proxy/host.js";
import { hostOfUrl, registryOf } from "../../proxy/named-hosts.js";
import type { Assignment, ProxySettings } from "../../proxy/settings.js";
import { type Message, msg } from "../../text/message.js";
import { baseName, pathOf } from "../../text/uri.js";
import { docker0Address } from "../../workspace/docker-network.js";
import type { Place } from "./offer.js";

/** A value that the host's files suggest, and where it comes from. */
export interface Known {
  readonly text: string;
  readonly from: Message;
}

/** No list that is offered is longer. */
const most = 50;

/**
 * Addresses of proxies: those that the host's files name, where its cntlm listens, and docker0's. Ones with credentials are
 * not spread; those of loopback are left out for readers in containers.
 * @param container whether the readers run in containers
 */
export function knownAddresses(place: Place, container: boolean | undefined): readonly Known[] {
  const found = new Collected();
  for (const { settings, uri } of place.host) {
    for (const { variable, value } of assignmentsOf(settings)) {
      if (found.full) break;
      if (!variable || variable === "no_proxy" || value.hasUnknown()) continue;
      if (usable(value.text, container)) found.add(value.text, msg("in {0}", baseName(pathOf(uri))));
    }
  }
  for (const { settings, uri } of place.host) {
    for (const { role, host, port } of settings.addresses) {
      if (role !== "listen" || host === undefined || port === undefined) continue;
      const own = isUnspecified(host) ? docker0Address(place) : host;
      const address = `http://${own}:${port}`;
      if (usable(address, container)) found.add(address, msg("where cntlm listens, in {0}", baseName(pathOf(uri))));
    }
  }
  found.add(`http://${docker0Address(place)}:${cntlmPort}`, msg("docker0 of the host"));
  return found.list();
}

function usable(text: string, container: boolean | undefined): boolean {
  const { scheme, host, port, credentials, problems } = parseAddress(text);
  if (!scheme || !host || !port || credentials || problems.length > 0) return false;
  return container === false || !isLoopback(host.text);
}

/**
 * Entries for a bypass list: what is on the machine itself, the host's GitLab, its registries, its Docker-in-Docker, the domains
 * of the settings, and what its other lists have.
 * @param container whether the readers run in containers
 */
export function knownBypasses(place: Place, container: boolean | undefined): readonly Known[] {
  const found = new Collected();
  for (const name of ["localhost", "127.0.0.1"]) found.add(name, msg("this machine, or the container itself"));
  for (const { settings } of place.host) {
    for (const { kind, value } of settings.hosts) {
      if (found.full) break;
      if (kind === "gitlab-url" || kind === "clone-url") found.add(hostOfUrl(value)?.host, msg("GitLab"));
      else if (kind === "image") found.add(registryOf(value)?.host, msg("registry of an image"));
      else if (kind === "registry") found.add(registryOf(value, true)?.host, msg("registry"));
    }
  }
  if (container !== false) addDind(found, place);
  for (const domain of place.options.internalDomains) {
    found.add(domain.replace(/^\*?\./, ""), msg("domain of the settings"));
  }
  for (const { settings, uri } of place.host) {
    for (const { variable, value } of assignmentsOf(settings)) {
      if (found.full) break;
      if (variable !== "no_proxy" || value.text.length > 10_000) continue;
      for (const entry of parseBypassList(value.text)) {
        if (["empty", "other", "joined", "quoted", "url"].includes(entry.kind) || value.hasUnknown(entry)) continue;
        found.add(entry.text, msg("in the list of {0}", baseName(pathOf(uri))));
      }
    }
  }
  return found.list();
}

/** With and without ports: docker covers them for most programs, and some want them named. */
function addDind(found: Collected, { host }: Place): void {
  const services = host.flatMap(({ settings }) => settings.services).filter(({ dind }) => dind);
  const names = new Set(services.flatMap(({ aliases }) => aliases).concat("docker"));
  for (const name of names) {
    if (!/^[\w.-]+$/.test(name)) continue;
    for (const entry of [name, `${name}:2375`, `${name}:2376`]) found.add(entry, msg("Docker-in-Docker"));
  }
}

function* assignmentsOf({ scopes }: ProxySettings): Generator<Assignment> {
  for (const { assignments } of scopes) yield* assignments;
}

/** Values, each once, the first that names it counts. */
class Collected {
  private readonly found = new Map<string, Message>();

  get full(): boolean {
    return this.found.size >= most;
  }

  add(text: string | undefined, from: Message): void {
    if (text !== undefined && text !== "" && !this.full && !this.found.has(text)) this.found.set(text, from);
  }

  list(): readonly Known[] {
    return [...this.found].map(([text, from]) => ({ text, from }));
  }
}
