import type { MappedText } from "../../text/mapped-text.js";
import { type Hole, templateHoles } from "../../text/template.js";
import { templateView } from "../../text/template-view.js";

/** What a JSON parser is to see of a document that may be a template. */
export interface JsonView {
  readonly view: MappedText;
  /** A hole stands outside of any string: without the tool that fills it in, this is no JSON. */
  readonly outsideStrings: boolean;
  readonly holes: readonly Hole[];
}

export function jsonView(source: MappedText): JsonView {
  const holes = templateHoles(source.text, { braces: true });
  const inside = holesInStrings(source.text, holes);
  const view = templateView(source, holes, (hole, original) => {
    // A string's hole stays legible, without what would end the string.
    if (inside.has(hole)) return original.replace(/["\\\p{Cc}]/gu, "'");
    const blank = original.replace(/[^\r\n]/g, " ");
    return hole.kind === "value" && /^[^\r\n]{4}/.test(original) ? `null${blank.slice(4)}` : blank;
  });
  return { view, outsideStrings: inside.size < holes.length, holes };
}

/** The holes that begin inside a string. A string ends at its quote or at the end of its line. */
function holesInStrings(text: string, holes: readonly Hole[]): ReadonlySet<Hole> {
  const inside = new Set<Hole>();
  let next = 0;
  let inString = false;
  for (let at = 0; at < text.length && next < holes.length; at++) {
    const hole = holes[next];
    if (hole && at >= hole.start) {
      if (inString) inside.add(hole);
      next++;
      at = hole.end - 1;
      continue;
    }
    const c = text.charCodeAt(at);
    if (c === 0x22) inString = !inString;
    else if (c === 0x0a) inString = false;
    else if (c === 0x5c && inString) at++;
  }
  return inside;
}
