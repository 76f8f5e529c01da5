import type { AnyFormat } from "../formats/index.js";
import type { Position } from "../text/line-index.js";
import type { Span } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import type { Finding } from "./finding.js";

/** The text without what no rule judges (`Format.asides`): texts for which it is the same have the same findings. */
export function judgedText(text: string, format: AnyFormat): string {
  const asides = asidesOf(text, format);
  if (asides.length === 0) return text;
  const starts = [0, ...asides.map(({ end }) => end)];
  return starts.map((start, i) => text.slice(start, asides[i]?.start)).join("\0");
}

/** Whether a place that is told lies in what may be longer or shorter elsewhere, or behind it. */
export function reachAsides(findings: readonly Finding[], documents: readonly Document[]): boolean {
  const places = findings.flatMap((finding) => [finding, ...(finding.related ?? [])]);
  return documents.some(({ uri, text, format, lines }) => {
    const columns = new Map(
      asidesOf(text, format).map(({ start }) => {
        const { line, character } = lines.position(start);
        return [line, character];
      }),
    );
    if (columns.size === 0) return false;
    const inAside = ({ line, character }: Position) => character > (columns.get(line) ?? Number.POSITIVE_INFINITY);
    return places.some((place) => place.uri === uri && (inAside(place.range.start) || inAside(place.range.end)));
  });
}

function asidesOf(text: string, { asides }: AnyFormat): readonly Span[] {
  // What marks their places above must not stand in the text itself.
  return text.includes("\0") ? [] : (asides?.(text) ?? []);
}
