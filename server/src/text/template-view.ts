import { type Layer, MappedText, type Piece } from "./mapped-text.js";
import type { Hole } from "./template.js";

const templateLayer: Layer = { name: "template", encode: (text) => text };

/**
 * A document as its parser is to see it: each hole replaced by a filler of the same length, and unknown. Offsets are
 * those of the document. Without holes it is the document itself.
 */
export function templateView(
  source: MappedText,
  holes: readonly Hole[],
  fill: (hole: Hole, original: string) => string,
): MappedText {
  if (holes.length === 0) return source;
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let at = 0;
  const add = (to: number, text: string, unknown: boolean): void => {
    const length = to - at;
    if (length > 0) pieces.push({ at, length, from: at, width: length, exact: true, mode: "", unknown });
    parts.push(text);
    at = to;
  };
  for (const hole of holes) {
    add(hole.start, source.text.slice(at, hole.start), false);
    const original = source.text.slice(hole.start, hole.end);
    add(hole.end, fill(hole, original), true);
  }
  add(source.text.length, source.text.slice(at), false);
  return MappedText.decoded(source, templateLayer, { start: 0, end: source.text.length }, parts.join(""), pieces);
}
