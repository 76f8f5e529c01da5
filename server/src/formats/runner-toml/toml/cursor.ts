import type { MappedText } from "../../../text/mapped-text.js";
import type { Message } from "../../../text/message.js";
import type { Span, TextEdit } from "../../../text/span.js";
import type { SyntaxProblem } from "../../format.js";
import type { TemplateReader } from "./template.js";

/** Levels of nesting that are read; deeper values and keys are left out with one finding. */
export const maximumDepth = 200;

/** A document with more mistakes than this is no config.toml, and its list of findings no help. */
const maximumProblems = 1000;

/** The place in the document up to which it is read, and what was found wrong on the way. */
export class Cursor {
  pos = 0;
  readonly text: string;
  readonly problems: SyntaxProblem[] = [];
  /** Pairs of offsets. */
  readonly comments: number[] = [];
  private deepReported = false;

  constructor(
    readonly document: MappedText,
    /** Set where the file may be a template. */
    readonly templates: TemplateReader | undefined,
  ) {
    this.text = document.text;
  }

  problem(
    start: number,
    end: number,
    message: Message,
    repair?: { title: Message; edits: readonly TextEdit[] },
    severity?: "information",
  ): void {
    if (this.problems.length >= maximumProblems) return;
    // A problem at the end of the text marks the character before it: an empty range is hard to see.
    const span: Span = end > start ? { start, end } : { start: Math.max(0, start - 1), end: Math.max(start, 1) };
    this.problems.push({ span, message, ...(repair && { repair }), ...(severity && { severity }) });
  }

  /** Says once in a document that something is nested too deep. */
  tooDeep(start: number, message: Message): void {
    if (!this.deepReported) this.problem(start, start + 1, message);
    this.deepReported = true;
  }

  /** Past blanks and tabs. */
  skipBlanks(): void {
    let code = this.text.charCodeAt(this.pos);
    while (code === 32 || code === 9) code = this.text.charCodeAt(++this.pos);
  }

  /** Whether a line ends here: LF, CR LF or the end of the text. */
  atLineEnd(): boolean {
    const code = this.text.charCodeAt(this.pos);
    return code === 10 || (code === 13 && this.text.charCodeAt(this.pos + 1) === 10) || this.pos >= this.text.length;
  }

  /** To the line feed that ends this line, or the end of the text. */
  skipLine(): void {
    const end = this.text.indexOf("\n", this.pos);
    this.pos = end < 0 ? this.text.length : end;
  }

  /** The end of the line that `at` stands in, without its line ending. */
  lineEnd(at: number): number {
    const found = this.text.indexOf("\n", at);
    const end = found < 0 ? this.text.length : found;
    return end > at && this.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  /** Past a comment, whose `#` stands here. @returns the offset of a character that comments must not hold, or -1 */
  skipComment(): number {
    const { text } = this;
    const start = this.pos;
    let at = start + 1;
    let wrong = -1;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code >= 32 && code !== 127) continue;
      if (code === 9) continue;
      if (code === 10 || at >= text.length) break;
      if (code === 13 && text.charCodeAt(at + 1) === 10) break;
      if (wrong < 0) wrong = at;
    }
    this.comments.push(start, at);
    this.pos = at;
    return wrong;
  }
}
