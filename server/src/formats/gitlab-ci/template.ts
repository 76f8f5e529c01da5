import type { MappedText } from "../../text/mapped-text.js";
import { type Hole, templateHoles } from "../../text/template.js";
import { templateView } from "../../text/template-view.js";

/** The holes of a text that may be a template of a CI file. `$NAME` and `${NAME}` are GitLab's own. */
export function ciHoles(text: string): readonly Hole[] {
  return templateHoles(text, { braces: false });
}

/** Whether a hole stands where YAML would read it as syntax: alone on its line, or where a value begins. */
export function hasStructuralHole(text: string, holes: readonly Hole[]): boolean {
  return holes.some((hole) => {
    const line = text.slice(Math.max(0, hole.start - 300, text.lastIndexOf("\n", hole.start - 1) + 1), hole.start);
    if (!/^[ \t]*(?:- +)*(?:[\w.$-]+: +)?$/.test(line)) return false;
    return !text.startsWith("<%", hole.start) || hole.kind === "value" || /^[ \t]*$/.test(line);
  });
}

/** The document as the YAML parser is to see it: a word where something is put in, nothing where a tag controls. */
export function ciView(source: MappedText, holes: readonly Hole[]): MappedText {
  return templateView(source, holes, (hole, original) =>
    original.replace(/[^\r\n]/g, hole.kind === "value" ? "x" : " "),
  );
}
