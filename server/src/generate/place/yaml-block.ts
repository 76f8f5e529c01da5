import { indentationAt } from "./placement.js";

/** A key of a block mapping and the lines that belong to it. */
export interface YamlEntry {
  readonly name: string;
  /** Where its line begins. */
  readonly start: number;
  /** Where the line after its last one with content begins; the end of the text where there is none. */
  readonly end: number;
  /** Where what follows the colon begins. */
  readonly valueStart: number;
  readonly indentation: string;
}

/** The lines `name: …` of an indentation between two offsets. Reads lines only: it serves to find places, not values. */
export function yamlEntries(text: string, from: number, to: number, indentation: string): readonly YamlEntry[] {
  const out: YamlEntry[] = [];
  const pattern =
    /^([ ]*)(?:"([^"\n]*)"|'([^'\n]*)'|((?:[^\s#'"[\]{},&*!|>%@`-]|-[^\s:#])(?:[^\n:#]|:(?=\S)|(?<=\S)#)*)):(?=[ \t\r]|$)/;
  let open: Omit<YamlEntry, "end"> | undefined;
  let contentEnd = from;
  for (let at = from; at < to; ) {
    const feed = text.indexOf("\n", at);
    const end = feed < 0 || feed >= to ? to : feed + 1;
    const line = text.slice(at, end);
    const match = pattern.exec(line.trimEnd());
    if (match && match[1] === indentation) {
      if (open) out.push({ ...open, end: contentEnd });
      const name = (match[2] ?? match[3] ?? match[4] ?? "").trim();
      open = { name, start: at, valueStart: at + match[0].length, indentation };
    } else if (open && ends(line, indentation)) {
      out.push({ ...open, end: contentEnd });
      open = undefined;
    }
    if (!/^\s*(?:#|$)/.test(line)) contentEnd = end;
    at = end;
  }
  if (open) out.push({ ...open, end: contentEnd });
  return out;
}

/** A line further out, or a document's mark, ends a mapping. */
function ends(line: string, indentation: string): boolean {
  if (/^\s*(?:#|$)/.test(line)) return false;
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return true;
  return (/^ */.exec(line)?.[0].length ?? 0) < indentation.length;
}

/** The indentation of an entry's first line below it; two more blanks than its own where there is none. */
export function childIndentation(text: string, entry: YamlEntry): string {
  const body = text.slice(entry.valueStart, entry.end);
  const first = /\n( *)(?=[^\s#])/.exec(body)?.[1];
  return first !== undefined && first.length >= entry.indentation.length
    ? first
    : `${indentationAt(text, entry.start)}${entry.indentation}  `;
}

/** Whether nothing but an anchor, a tag or a comment stands behind the colon: the value is on the lines below. */
export function isBlockEntry(text: string, entry: YamlEntry): boolean {
  const feed = text.indexOf("\n", entry.valueStart);
  return /^(?:[ \t]+[&!][^\s,[\]{}]*)*[ \t\r]*(?:#.*)?$/.test(
    text.slice(entry.valueStart, feed < 0 ? undefined : feed),
  );
}
