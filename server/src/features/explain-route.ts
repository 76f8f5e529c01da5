import { redact, redactAddress } from "../proxy/redact.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";
import { type Route, routesOf } from "../workspace/routes.js";
import { hopTitle, type ViewLocation } from "./chain-view.js";
import { chainsOf } from "./chains.js";
import { byHop, byWay } from "./ways.js";

/** The way that some of a hop's clients take, and what says so. */
export interface WayView {
  readonly clients: readonly string[];
  readonly via: Route["via"];
  /** Without credentials. */
  readonly proxy?: string;
  readonly because: string;
  readonly location?: ViewLocation;
}

/** The ways from all hops of a host. */
export interface HostWays {
  readonly folder: string;
  readonly hops: readonly { readonly title: string; readonly ways: readonly WayView[] }[];
}

/**
 * The ways of a request, for people.
 * @param uri a document of the host that is asked about; undefined, or of no host: all hosts
 */
export function explainRoute(
  service: Service,
  url: string,
  uri: string | undefined,
  localize: Localize,
): readonly HostWays[] {
  const chains = chainsOf(service);
  const named = chains.filter(({ documents }) => documents.some((document) => document.uri === uri));
  return (named.length > 0 ? named : chains).map(({ folder, chain }) => ({
    folder,
    hops: [...byHop(routesOf(chain, url)).values()].map((routes) => ({
      title: hopTitle(routes[0].hop, localize),
      ways: [...byWay(routes).values()].map((alike) => wayOf(alike, localize)),
    })),
  }));
}

function wayOf(routes: readonly [Route, ...Route[]], localize: Localize): WayView {
  const [{ via, proxy, because, place }] = routes;
  return {
    clients: routes.map(({ client }) => client),
    via,
    ...(proxy !== undefined && { proxy: redactAddress(proxy) }),
    because: redact(localize(because)),
    ...(place && {
      location: { uri: place.document.uri, range: place.document.lines.range(place.span) },
    }),
  };
}
