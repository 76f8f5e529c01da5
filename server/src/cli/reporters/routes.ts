import { byHop, byWay } from "../../features/ways.js";
import { redact, redactAddress } from "../../proxy/redact.js";
import { english } from "../../text/message.js";
import type { Route } from "../../workspace/routes.js";
import { type Colors, printable } from "../terminal.js";

/** The routes of one host. */
export interface HostRoutes {
  /** The host's folder as the files' names have it; undefined where there is but one host. */
  readonly host: string | undefined;
  readonly routes: readonly Route[];
}

/** A file's name as it was given on the command line. */
export type NameOf = (uri: string) => string;

/** For programs: the contract of `explain --format json`. `host` is there where there are several. */
export function routesAsJson(url: string, hosts: readonly HostRoutes[], nameOf: NameOf): string {
  const routes = hosts.flatMap(({ host, routes: own }) =>
    own.map(({ hop, client, via, proxy, because, place }) => ({
      ...(host !== undefined && { host }),
      hop: hop.id,
      client,
      via,
      ...(proxy !== undefined && { proxy: redactAddress(proxy) }),
      because: redact(english(because)),
      ...(place && { file: nameOf(place.document.uri), range: place.document.lines.range(place.span) }),
    })),
  );
  return `${JSON.stringify({ version: 1, url: redact(url), routes }, undefined, 2)}\n`;
}

/** For people: a block a hop, clients with one way together. */
export function routesAsText(url: string, hosts: readonly HostRoutes[], nameOf: NameOf, colors: Colors): string {
  const blocks = hosts.flatMap(({ host, routes }) => {
    const title = host === undefined || routes.length === 0 ? [] : [colors.bold(`${printable(host)}:`)];
    return [...title, ...[...byHop(routes)].map(([hop, own]) => block(hop, own, nameOf, colors))];
  });
  return `${[`The way of ${printable(redact(url))}`, ...blocks].join("\n\n")}\n`;
}

function block(hop: string, routes: readonly Route[], nameOf: NameOf, colors: Colors): string {
  const lines = [...byWay(routes)].map(([, [first, ...others]]) => {
    const clients = [first, ...others].map(({ client }) => client).join(", ");
    const { place, because } = first;
    const start = place?.document.lines.position(place.span.start);
    const where =
      place && start ? `${printable(nameOf(place.document.uri))}:${start.line + 1}:${start.character + 1} ` : "";
    return `  ${way(first, colors)}: ${clients}\n    ${colors.dim(where)}${printable(redact(english(because)))}`;
  });
  return [colors.bold(printable(hop)), ...lines].join("\n");
}

function way({ via, proxy }: Route, colors: Colors): string {
  switch (via) {
    case "proxy":
      return colors.green(`through ${printable(redactAddress(proxy ?? ""))}`);
    case "direct":
      return colors.cyan("direct");
    case "unknown":
      return colors.yellow("not known");
  }
}
