import type { Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import { targetAt } from "./definition.js";
import { occurrencesOf } from "./references.js";

/** A place of the document that names the same as the cursor's. */
export interface Highlight {
  readonly range: Range;
  /** It sets the variable, or serves the address. */
  readonly writes: boolean;
}

/** The references within the document. */
export function highlights(service: Service, uri: string, position: Position): readonly Highlight[] {
  const target = targetAt(service, uri, position);
  if (!target) return [];
  return occurrencesOf(target)
    .filter(({ document }) => document === target.document)
    .map(({ document, span, definition }) => ({ range: document.lines.range(span), writes: definition }));
}
