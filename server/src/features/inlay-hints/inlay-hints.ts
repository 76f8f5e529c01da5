import type { Service } from "../../service.js";
import type { Position, Range } from "../../text/line-index.js";
import type { Localize } from "../../text/message.js";
import { bypassHints } from "./bypass.js";
import { endpointHints } from "./endpoints.js";

/** A word behind a place that says what is not written there. */
export interface InlayHint {
  readonly position: Position;
  readonly label: string;
}

/** What the addresses of this host are, and which programs read an entry of a bypass list otherwise than the others. */
export function inlayHints(service: Service, uri: string, range: Range, localize: Localize): readonly InlayHint[] {
  const document = service.document(uri);
  if (!document) return [];
  const wanted = document.lines.span(range);
  const found = [
    ...endpointHints(service, document, wanted),
    ...bypassHints(document, wanted).map(({ offset, label }) => ({ offset, label: localize(label) })),
  ];
  return found.map(({ offset, label }) => ({ position: document.lines.position(offset), label }));
}
