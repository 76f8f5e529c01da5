/** Characters that a quoting around the JSON would have to treat in some way, and those that are not printable. */
const delicate = /['\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]/g;

/**
 * A value as JSON on one line that a shell's single quotes, a TOML literal string and a YAML block scalar take as it
 * stands: apostrophes and what is not printable are written as `\uXXXX`.
 * @param ascii write everything beyond ASCII so, where the program that writes the file has an encoding of its own
 */
export function jsonText(value: unknown, ascii = false): string {
  return JSON.stringify(value).replace(ascii ? /['\u007f-\uffff]/g : delicate, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
