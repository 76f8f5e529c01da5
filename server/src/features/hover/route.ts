import { isLoopback } from "../../proxy/host.js";
import { hostOfUrl, registryOf } from "../../proxy/named-hosts.js";
import { redact, redactAddress } from "../../proxy/redact.js";
import type { NamedHost } from "../../proxy/settings.js";
import type { Service } from "../../service.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import { baseName, pathOf } from "../../text/uri.js";
import type { Chain } from "../../workspace/chain.js";
import type { Document } from "../../workspace/document.js";
import type { Hop, Place } from "../../workspace/hops.js";
import { type Route, routesOf } from "../../workspace/routes.js";
import { chainFor } from "../chains.js";
import { hubUrls, imageSource } from "../image-source.js";
import { code, plain } from "./markdown.js";
import type { Subject } from "./subject.js";

/** An image, a registry or a GitLab: which way those who ask it go, and what says so. */
export function routeSubject(
  service: Service,
  document: Document,
  offset: number,
  localize: Localize,
): Subject | undefined {
  const named = document.settings.hosts.find(({ value }) => touches(value.contentSpan, offset));
  if (!named) return undefined;
  const found = chainFor(service, document.uri);
  const chain = found && pulls(found, document) ? found : undefined;
  const lines = linesFor(named, chain, localize);
  return lines && { span: named.value.contentSpan, markdown: lines.join("\n\n") };
}

/** Whether the host's dockerd, where there is one, pulls what the document names: no pipeline's for runners of Kubernetes alone. */
function pulls({ runners }: Chain, { format }: Document): boolean {
  return format.id !== "gitlab-ci" || runners.length === 0 || runners.some(({ localDocker }) => localDocker);
}

function linesFor(
  { kind, value, scope }: NamedHost,
  chain: Chain | undefined,
  localize: Localize,
): readonly string[] | undefined {
  const ways = (urls: readonly string[], hop: (hop: Hop) => boolean) =>
    waysOf(urls, chain?.hops.filter(hop) ?? [], chain, localize);
  const byDockerd = (urls: readonly string[]) => ways(urls, (hop) => hop.kind === "dockerd");
  switch (kind) {
    case "image": {
      const source = imageSource(value);
      if (!source) {
        return [localize(msg("From which registry this image comes is not known: its name is not told in full here."))];
      }
      if (source.hub) return [localize(msg("An image of Docker Hub.")), ...hubWays(chain, byDockerd, localize)];
      return byDockerd(urlsOf(source.registry.url, chain));
    }
    case "registry": {
      const registry = registryOf(value, true);
      return registry && byDockerd(urlsOf(registry.url, chain));
    }
    case "gitlab-url":
    case "clone-url": {
      const gitlab = hostOfUrl(value);
      if (!gitlab) return undefined;
      const runner = chain?.runners.find((one) => one.scope === scope);
      const helper = runner?.hops.find((hop) => hop.kind === "helper");
      const own = (hop: Hop) => hop.kind === "helper" && hop.environment === helper?.environment;
      return ways([gitlab.url], (hop) => own(hop) || (kind === "gitlab-url" && hop.kind === "runner"));
    }
    case "push":
      return undefined;
  }
}

/** Mirrors are asked before Docker Hub, and for its images alone. */
function hubWays(
  chain: Chain | undefined,
  byDockerd: (urls: readonly string[]) => readonly string[],
  localize: Localize,
): readonly string[] {
  const mirrors = daemonTexts(chain, "registry-mirrors").flatMap((text) => hostOfUrl(text)?.url ?? []);
  if (mirrors.length === 0) return byDockerd(hubUrls);
  const order = localize(msg("dockerd asks the mirrors of daemon.json first, and Docker Hub where they fail."));
  return [order, ...byDockerd([...new Set([...mirrors, ...hubUrls])])];
}

/** A registry that dockerd does not insist on TLS for is asked by http where https fails. */
function urlsOf(url: string, chain: Chain | undefined): readonly string[] {
  const host = /^https:\/\/([^/]+)\/$/.exec(url)?.[1];
  if (host === undefined) return [url];
  const insecure =
    isLoopback(host.replace(/:\d+$/, "")) ||
    daemonTexts(chain, "insecure-registries").some(({ text }) => text.toLowerCase() === host.toLowerCase());
  return insecure ? [url, `http://${host}/`] : [url];
}

function daemonTexts(chain: Chain | undefined, key: "registry-mirrors" | "insecure-registries") {
  return (chain?.dockerd.documents ?? []).flatMap(({ tree }) => {
    if (tree.format !== "docker-json" || tree.kind !== "daemon") return [];
    return (tree.root?.property(key)?.value?.items ?? []).flatMap(({ text }) => text ?? []);
  });
}

function waysOf(
  urls: readonly string[],
  hops: readonly Hop[],
  chain: Chain | undefined,
  localize: Localize,
): readonly string[] {
  if (!chain || hops.length === 0) {
    return urls.map((url) => {
      const because = localize(msg("No file here says by which proxy it is asked."));
      return `${localize(msg("The way to {0} is not known.", code(url)))} ${because}`;
    });
  }
  return urls.flatMap((url) =>
    hops.flatMap((hop) => {
      const [route] = routesOf(chain, url, { from: hop.id, client: hop.kind === "helper" ? "git" : "go" });
      return route ? [wayText(route, url, localize)] : [];
    }),
  );
}

const askers = { dockerd: "dockerd", runner: "gitlab-runner", helper: "git" } as const;

function wayText({ hop, via, proxy, because, place }: Route, url: string, localize: Localize): string {
  const who = hop.kind === "runner" || hop.kind === "helper" ? askers[hop.kind] : askers.dockerd;
  const way = {
    proxy: msg("{0} asks {1} through {2}.", who, code(url), code(redactAddress(proxy ?? ""))),
    direct: msg("{0} asks {1} directly.", who, code(url)),
    unknown: msg("Which way {0} asks {1} is not known.", who, code(url)),
  }[via];
  const where = place ? ` (${linkTo(place)})` : "";
  return `${localize(way)} ${plain(redact(localize(because)))}${where}`;
}

function linkTo({ document, span }: Place): string {
  const line = document.lines.position(span.start).line + 1;
  return `[${plain(baseName(pathOf(document.uri)))}:${line}](${document.uri.replace(/[()\s]/g, percent)}#L${line})`;
}

/** What would end the target of a link in Markdown. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
