import type { Service } from "../../service.js";
import { overlaps, type Span } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { meantCntlm } from "../../workspace/proxies.js";
import { type EndpointOccurrence, endpoints } from "../occurrences/endpoints.js";
import { type Host, hostOf } from "../occurrences/host.js";

/** Names of programs and interfaces, and addresses without credentials: the same in every language. */
interface EndpointHint {
  /** Behind the address. */
  readonly offset: number;
  readonly label: string;
}

/** What the addresses of this host are: the cntlm behind them and where it hands on to, or docker0. Of the same on one line, the first. */
export function endpointHints(service: Service, document: Document, wanted: Span): readonly EndpointHint[] {
  const host = hostOf(service, document.uri);
  const said = new Set<string>();
  return endpoints(host)
    .filter((one) => one.document === document && overlaps(one.span, wanted))
    .flatMap((one) => {
      const label = labelOf(one, host);
      const key = `${document.lines.position(one.span.start).line} ${label}`;
      return label === undefined || said.size === said.add(key).size ? [] : [{ offset: one.span.end, label }];
    });
}

function labelOf(endpoint: EndpointOccurrence, host: Host): string | undefined {
  const onDocker0 = endpoint.host !== undefined && host.docker0.includes(endpoint.host);
  if (endpoint.definition) return onDocker0 ? "docker0" : undefined;
  const cntlm = endpoint.proxy && meantCntlm(endpoint.proxy, host);
  const parent = cntlm?.parents[0];
  if (cntlm) return parent ? `cntlm → ${parent.host}:${parent.port}` : "cntlm";
  return onDocker0 ? "docker0" : undefined;
}
