/** A piece of another tool's language in the document. */
export interface TemplatePiece {
  readonly start: number;
  readonly end: number;
  /** A statement or comment (`{% if %}`), which puts no text of its own in its place. */
  readonly control: boolean;
}

interface Delimiters {
  readonly close: string;
  readonly control: boolean;
}

/** Jinja, Go templates and ERB, by their opening. Terraform's `${` and `%{` are closed by the brace that matches. */
const delimiters: Readonly<Record<string, Delimiters>> = {
  "{{": { close: "}}", control: false },
  "{%": { close: "%}", control: true },
  "{#": { close: "#}", control: true },
  "<%": { close: "%>", control: true },
};

/** `@NAME@` of configure scripts and their kin, `$NAME` and `%NAME%` that a shell fills in. */
const name = /@\w+@|%[A-Za-z_]\w*%|\$[A-Za-z_]\w*/y;

/** The longest Terraform expression that is looked for. */
const longest = 300;

/** Whether a text may be a template at all: a quick look before the slow one. */
export function mayBeTemplate(text: string): boolean {
  return /\{[{%#]|<%|\$\{|%\{|=[ \t]*[$@%]\w/.test(text);
}

/** Finds the template pieces of a document, left to right, in linear time. */
export class TemplateReader {
  /** Something outside of strings is filled in. */
  seen = false;
  /** Statements stand between the lines, or whole lines are filled in: what is there may be conditional or repeated. */
  control = false;
  private readonly closers = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** The piece that begins at `at`, outside of a string. */
  outside(at: number): TemplatePiece | undefined {
    const piece = this.piece(at);
    if (piece) this.seen = true;
    return piece;
  }

  /** The piece that begins at `at`, where a value is expected: there a name may stand, too (`$LIMIT`). */
  atValue(at: number): TemplatePiece | undefined {
    const piece = this.piece(at) ?? this.named(at);
    if (piece) this.seen = true;
    return piece;
  }

  /** The end of the piece that begins at `at` inside a one-line string; its quotes do not close the string. */
  inString(at: number): number | undefined {
    const piece = this.piece(at);
    return piece && !this.text.slice(piece.start, piece.end).includes("\n") ? piece.end : undefined;
  }

  private piece(at: number): TemplatePiece | undefined {
    const open = this.text.slice(at, at + 2);
    if (open === "${" || open === "%{") {
      const end = this.braceEnd(at + 2);
      return end === undefined ? undefined : { start: at, end, control: open === "%{" };
    }
    const found = delimiters[open];
    const end = found && this.closer(found.close, at + 2);
    if (!found || end === undefined) return undefined;
    return { start: at, end: end + 2, control: found.control && !this.text.startsWith("<%=", at) };
  }

  private named(at: number): TemplatePiece | undefined {
    name.lastIndex = at;
    const found = name.exec(this.text);
    return found ? { start: at, end: at + found[0].length, control: false } : undefined;
  }

  /** The next place of a closing delimiter; remembered, so that many openings cost one search. */
  private closer(close: string, from: number): number | undefined {
    let found = this.closers.get(close) ?? -1;
    if (found < from) {
      found = this.text.indexOf(close, from);
      if (found < 0) found = Number.POSITIVE_INFINITY;
      this.closers.set(close, found);
    }
    return Number.isFinite(found) ? found : undefined;
  }

  /** The end of the braces that are open at `from`, on the same line. */
  private braceEnd(from: number): number | undefined {
    const first = this.closer("}", from);
    if (first === undefined) return undefined;
    let depth = 1;
    const limit = Math.min(this.text.length, from + longest);
    if (first >= limit) return undefined;
    for (let at = from; at < limit; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 123) depth++;
      else if (code === 125 && --depth === 0) return at + 1;
      else if (code === 10) return undefined;
    }
    return undefined;
  }
}
