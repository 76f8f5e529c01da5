import { english } from "../text/message.js";
import type { Route } from "../workspace/routes.js";

/** The routes of each hop, by its id, in the order given. */
export function byHop(routes: readonly Route[]): ReadonlyMap<string, readonly [Route, ...Route[]]> {
  const found = new Map<string, readonly [Route, ...Route[]]>();
  for (const route of routes) found.set(route.hop.id, append(found.get(route.hop.id), route));
  return found;
}

/** Clients of one hop that go the same way because of the same place. */
export function byWay(routes: readonly Route[]): ReadonlyMap<string, readonly [Route, ...Route[]]> {
  const found = new Map<string, readonly [Route, ...Route[]]>();
  for (const route of routes) {
    const { via, proxy, place } = route;
    const key = [via, proxy, place?.document.uri, place?.span.start, place ? "" : english(route.because)].join("\n");
    found.set(key, append(found.get(key), route));
  }
  return found;
}

function append(list: readonly [Route, ...Route[]] | undefined, route: Route): readonly [Route, ...Route[]] {
  return list ? [...list, route] : [route];
}
