import type { Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import { type Span, touches } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { layersAt } from "./selection/layers.js";

/**
 * What can be selected around a place, the innermost first: part of an address, JSON value, JSON string, shell word, command,
 * TOML string, entry, table. Each holds the one before it.
 */
export function selectionRanges(service: Service, uri: string, position: Position): readonly Range[] {
  const document = service.document(uri);
  if (!document) return [];
  return nested(document, document.lines.offset(position)).map((span) => document.lines.range(span));
}

/** Of all stretches around the place those that nest; of two that cross the shorter counts. */
function nested(document: Document, offset: number): readonly Span[] {
  const around = [...layersAt(document, offset)].filter((span) => touches(span, offset) && span.end > span.start);
  around.sort((a, b) => a.end - a.start - (b.end - b.start));
  const found: Span[] = [];
  for (const span of around) {
    const last = found.at(-1);
    if (!last || (span.start <= last.start && last.end <= span.end && span.end - span.start > last.end - last.start)) {
      found.push(span);
    }
  }
  return found;
}
