import { redact } from "../../proxy/redact.js";

/** A line of a file as it may be shown, with the places of the original found again. */
export interface SourceLine {
  readonly text: string;
  /** The place in `text` of a place in the original line. */
  place(character: number): number;
}

/** The lines of a document without its secrets. A secret is told by what stands around it, so the whole is redacted at once. */
export class SourceLines {
  private readonly original: readonly string[];
  private readonly redacted: readonly string[];

  constructor(text: string) {
    this.original = linesOf(text);
    this.redacted = linesOf(redact(text));
  }

  line(number: number): SourceLine {
    const original = this.original[number] ?? "";
    const text = this.redacted.length === this.original.length ? (this.redacted[number] ?? "") : "";
    return { text, place: align(original, text) };
  }
}

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}

/** What `redact` puts in the place of a secret. */
const mask = "…";

/** Finds the stretches between the masks in the original; what lies between two of them became a mask. */
function align(original: string, redacted: string): (character: number) => number {
  if (original === redacted) return (character) => Math.min(character, redacted.length);
  const stretches: { from: number; at: number; length: number }[] = [];
  let from = 0;
  let at = 0;
  const parts = redacted.split(mask);
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const found = index === 0 ? 0 : last ? original.length - part.length : original.indexOf(part, from);
    from = Math.max(from, found);
    stretches.push({ from, at, length: part.length });
    from += part.length;
    at += part.length + mask.length;
  }
  return (character) => {
    const next = stretches.findIndex((stretch) => stretch.from > character);
    const stretch = stretches[next < 0 ? stretches.length - 1 : next - 1];
    if (!stretch) return 0;
    return stretch.at + Math.min(character - stretch.from, stretch.length);
  };
}
