import { type Layer, MappedText, MappedTextBuilder, type Piece } from "../../text/mapped-text.js";

/** Values in which GitLab and the runner expand variables: `$$` is a dollar sign. */
const variableLayer: Layer = { name: "gitlab-variable", encode: (text) => text.replaceAll("$", "$$$$") };

/** Inputs of a component or a pipeline, put in before the YAML is read. */
const inputLayer: Layer = { name: "gitlab-input", encode: (text) => text };

const input = /\$\[\[[^\]]{0,500}\]\]/g;
const reference = /\$\$|\$\{[^}\n]{0,500}\}|\$[A-Za-z_]\w*|\$\[\[[^\]]{0,500}\]\]|\{\{.{0,500}?\}\}/g;

/** The text with `$[[ inputs.x ]]` marked as unknown. */
export function withInputs(text: MappedText): MappedText {
  if (!text.text.includes("$[[")) return text;
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, unknown: boolean): void => {
    const length = end - at;
    if (length > 0) pieces.push({ at, length, from: at, width: length, exact: true, mode: "", unknown });
    at = end;
  };
  for (const match of text.text.matchAll(input)) {
    add(match.index, false);
    add(match.index + match[0].length, true);
  }
  add(text.text.length, false);
  return MappedText.decoded(text, inputLayer, { start: 0, end: text.text.length }, text.text, pieces);
}

/** A variable's value as the job gets it, as far as the file tells: `$NAME` stays as it is and is unknown. */
export function expandedValue(text: MappedText): MappedText {
  if (!/[${]/.test(text.text)) return text;
  const out = new MappedTextBuilder(text, variableLayer);
  let at = 0;
  for (const match of text.text.matchAll(reference)) {
    const end = match.index + match[0].length;
    out.exact(at, match.index);
    if (match[0] === "$$") out.unit(match.index, end, "$");
    else out.exact(match.index, end, "", true);
    at = end;
  }
  out.exact(at, text.text.length);
  return out.build({ start: 0, end: text.text.length });
}

/** The text of a value so that {@link expandedValue} gives it back. */
export function escapeVariables(value: string): string {
  return variableLayer.encode(value, "") ?? value;
}
