import type { Service } from "../service.js";
import type { Position } from "../text/line-index.js";
import { type Location, locationOf, type Target, targetAt } from "./definition.js";
import { endpoints } from "./occurrences/endpoints.js";
import type { Occurrence } from "./occurrences/occurrence.js";
import { variables } from "./occurrences/variables.js";

/** Everything of the host that names the same variable, or the same proxy by whichever of its addresses. */
export function occurrencesOf({ host, endpoint, variable }: Target): readonly Occurrence[] {
  if (endpoint) return endpoints(host).filter(({ key }) => key === endpoint.key);
  if (!variable) return [];
  return host.documents
    .flatMap((document) => variables(document))
    .filter(({ name, group }) => name === variable.name && group === variable.group);
}

/** @param declarations whether the places that set the variable or serve the address are wanted too */
export function references(
  service: Service,
  uri: string,
  position: Position,
  declarations: boolean,
): readonly Location[] {
  const target = targetAt(service, uri, position);
  if (!target) return [];
  return occurrencesOf(target)
    .filter(({ definition }) => declarations || !definition)
    .map(locationOf);
}
