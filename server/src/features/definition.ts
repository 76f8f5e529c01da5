import type { Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import { type Span, touches } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { meantCntlm, servedBy } from "../workspace/proxies.js";
import { type EndpointOccurrence, endpoints } from "./occurrences/endpoints.js";
import { type Host, hostOf } from "./occurrences/host.js";
import type { Occurrence } from "./occurrences/occurrence.js";
import { settersOf } from "./occurrences/setters.js";
import { type VariableOccurrence, variables } from "./occurrences/variables.js";

/** A place in a document. */
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** What is at a place: the address of a proxy before the variable, which may be around it. */
export interface Target {
  readonly document: Document;
  readonly host: Host;
  readonly endpoint?: EndpointOccurrence;
  readonly variable?: VariableOccurrence;
}

export function targetAt(service: Service, uri: string, position: Position): Target | undefined {
  const document = service.document(uri);
  if (!document) return undefined;
  const offset = document.lines.offset(position);
  const host = hostOf(service, uri);
  const endpoint = endpoints(host).find((one) => one.document === document && touches(one.span, offset));
  if (endpoint) return { document, host, endpoint };
  const variable = variables(document).find(({ span }) => touches(span, offset));
  return variable && { document, host, variable };
}

/**
 * Where what stands at a place is said: for a variable the entries that set it for those who read it here, for an address
 * the Listen that serves it.
 */
export function definition(service: Service, uri: string, position: Position): readonly Location[] {
  const target = targetAt(service, uri, position);
  if (!target) return [];
  const { endpoint, variable, host } = target;
  if (variable) return (variable.definition ? [variable] : settersOf(variable, host)).map(locationOf);
  if (!endpoint) return [];
  return (endpoint.definition ? [endpoint] : servingPlaces(endpoint, host)).map(locationOf);
}

/** The Listen lines that serve an address, or that are meant: those of the same port. */
export function servingPlaces({ proxy }: EndpointOccurrence, host: Host): readonly Occurrence[] {
  if (!proxy?.local) return [];
  const listens = endpoints(host).filter((one) => one.definition && one.port === proxy.port);
  const served = servedBy(proxy, host);
  if (served) return listens.filter((one) => one.document === served.cntlm.document && inside(one, served.listen.span));
  const meant = meantCntlm(proxy, host);
  return listens.filter((one) => one.document === meant?.document);
}

function inside({ span }: Occurrence, around: Span): boolean {
  return around.start <= span.start && span.end <= around.end;
}

export function locationOf({ document, span }: Pick<Occurrence, "document" | "span">): Location {
  return { uri: document.uri, range: document.lines.range(span) };
}
