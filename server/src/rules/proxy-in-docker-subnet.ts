import { type CidrBlock, contains, type IpAddress, parseIpv4 } from "../proxy/ip.js";
import type { NamedHost } from "../proxy/settings.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { dockerNetwork } from "../workspace/docker-network.js";
import type { Document } from "../workspace/document.js";
import type { Rule, RuleContext } from "./rule.js";
import { isReal, proxyPlaces } from "./support/addresses.js";

interface Named {
  readonly value: MappedText;
  readonly span: Span;
}

export const proxyInDockerSubnet: Rule = {
  id: "proxy-in-docker-subnet",
  severity: "warning",
  formats: ["runner-toml", "cntlm-conf", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A proxy, registry or GitLab whose address Docker's own network claims." },
  host: true,
  check(context) {
    const { docker0, blocks } = dockerNetwork(context);
    for (const { value, span } of addressesIn(context)) {
      const text = value.text.slice(span.start, span.end);
      const ip = parseIpv4(text);
      const claimed = ip && text !== docker0 ? blocks.find(({ block }) => contains(block, ip)) : undefined;
      if (!claimed || (!claimed.fixed && ip && isContainers(claimed.block, ip))) continue;
      if (!context.host.some(showsDocker)) {
        context.needsWhole();
        return;
      }
      context.report({
        span: value.toSource(span),
        message: claimed.fixed
          ? msg(
              "{0} lies in {1}, Docker's own network: what is sent to it stays on the bridge. Give Docker another network, with bip in daemon.json.",
              text,
              claimed.text,
            )
          : msg(
              "{0} lies in {1}, which Docker takes unless the host itself has an address there: then it stays on the bridge. Give Docker another network, with bip in daemon.json.",
              text,
              claimed.text,
            ),
      });
    }
  },
};

/**
 * Docker hands out the addresses of a block from the lowest up: one of the first is more likely that of a GitLab or a proxy
 * which itself runs in a container of this host.
 */
function isContainers({ address, bits }: CidrBlock, ip: IpAddress): boolean {
  return contains({ address, bits: Math.max(bits, firstAddresses) }, ip);
}

/** The prefix of the block of those first addresses, 64 of them. */
const firstAddresses = 26;

/** dockerd of this host is configured, or starts the containers of a runner. A CI file does not say where it runs. */
function showsDocker({ format, settings }: Document): boolean {
  if (format.id === "gitlab-ci") return false;
  return (
    settings.scopes.some(({ readers, kind }) => readers.includes("dockerd") || kind === "docker-client") ||
    settings.hosts.some(({ readers }) => readers.includes("dockerd"))
  );
}

function* addressesIn({ settings }: RuleContext): Generator<Named> {
  for (const place of proxyPlaces(settings)) {
    const { host } = place.address;
    if (host && isReal(place, host)) yield { value: place.value, span: host };
  }
  for (const { role, value, host } of settings.addresses) {
    if (role === "parent" && host !== undefined) yield { value, span: { start: 0, end: host.length } };
  }
  for (const named of settings.hosts) {
    const span = hostOf(named);
    if (span && !named.value.hasUnknown(span)) yield { value: named.value, span };
  }
}

/** The host of a URL, or of an image's name, where it is an IPv4 address. */
function hostOf({ value }: NamedHost): Span | undefined {
  const match = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^/@]*@)?(\d{1,3}(?:\.\d{1,3}){3})(?=[:/]|$)/i.exec(value.text);
  if (!match?.[1]) return undefined;
  return { start: match[0].length - match[1].length, end: match[0].length };
}
