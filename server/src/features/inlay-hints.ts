import type { Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import { overlaps } from "../text/span.js";
import { meantCntlm } from "../workspace/proxies.js";
import { type EndpointOccurrence, endpoints } from "./occurrences/endpoints.js";
import { type Host, hostOf } from "./occurrences/host.js";

/** A word behind an address that says what is there. */
export interface InlayHint {
  readonly position: Position;
  /** Names of programs and interfaces, and addresses without credentials: the same in every language. */
  readonly label: string;
}

/** What the addresses of this host are: the cntlm behind them and where it hands on to, or docker0. */
export function inlayHints(service: Service, uri: string, range: Range): readonly InlayHint[] {
  const document = service.document(uri);
  if (!document) return [];
  const wanted = document.lines.span(range);
  const host = hostOf(service, uri);
  return endpoints(host)
    .filter((one) => one.document === document && overlaps(one.span, wanted))
    .flatMap((one) => {
      const label = labelOf(one, host);
      return label === undefined ? [] : [{ position: document.lines.position(one.span.end), label }];
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
