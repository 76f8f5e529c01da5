/** A part of a template that a person is likely to change: a tab stop in the editor, its text elsewhere. */
export interface Field {
  /** Fields with one key are one tab stop. */
  readonly key: string;
  readonly text: string;
}

/** Text with fields in it. Lines end with LF. */
export type Template = readonly (string | Field)[];

export function field(key: string, text: string): Field {
  return { key, text };
}

/** Joins templates, each on lines of its own. */
export function lines(...templates: (Template | string)[]): Template {
  return templates.flatMap((part) => [...(typeof part === "string" ? [part] : part), "\n"]);
}

/** The lines of a template, without their line endings. */
export function splitLines(parts: Template): readonly Template[] {
  const out: (string | Field)[][] = [[]];
  for (const part of parts) {
    const [first = "", ...rest] = typeof part === "string" ? part.split("\n") : [part];
    if (first !== "") out.at(-1)?.push(first);
    for (const line of rest) out.push(line === "" ? [] : [line]);
  }
  if (out.at(-1)?.length === 0) out.pop();
  return out;
}

/** A template from a template literal whose values are fields, texts or templates. */
export function template(texts: TemplateStringsArray, ...values: (Field | string | Template)[]): Template {
  return texts.flatMap((text, index) => {
    const value = values[index];
    if (value === undefined) return [text];
    return typeof value === "string" || "key" in value ? [text, value] : [text, ...value];
  });
}

/** The text with its fields filled in. */
export function plainText(parts: Template): string {
  return parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
}

/** The text in the snippet syntax of VS Code and LSP: tab stops in the order of the fields, equal keys mirrored. */
export function snippetText(parts: Template): string {
  const stops = new Map<string, number>();
  return parts
    .map((part) => {
      if (typeof part === "string") return escaped(part);
      const known = stops.get(part.key);
      if (known !== undefined) return `\${${known}}`;
      stops.set(part.key, stops.size + 1);
      return `\${${stops.size}:${escaped(part.text)}}`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
