import {
  endsWord,
  readExpansion,
  readHereDocument,
  readWord,
  type ShellSource,
  type ShellWord,
} from "../quoting/shell.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Blocks } from "./blocks.js";
import type { PrefixAssignment, Redirection, Separator, ShellProblem, SourceSpan } from "./command.js";

const assignmentHead = /[A-Za-z_]\w*(\+?)=/y;
const redirectionHead = /(\d{0,3})(<<<|<<-?|<>|<&|>>|>&|>\||<|>)|&>>?/y;
const blanks = /(?:[ \t]|\\\n)*/y;
const declares = /^(?:export|readonly|local|declare|typeset)$/;
interface Begun {
  readonly words: ShellWord[];
  readonly assignments: PrefixAssignment[];
  readonly redirections: Redirection[];
  readonly start: number;
  end: number;
  header: boolean;
}

/** A here-document whose body begins at the next newline. */
interface Pending {
  readonly redirection: { -readonly [K in keyof Redirection]: Redirection[K] };
  readonly delimiter: ShellWord;
}

/** Where the parser puts what it finds. */
export interface ParserOutput {
  readonly comments: SourceSpan[];
  readonly problems: ShellProblem[];
}

/** Reads one text into `blocks`, in one pass, without recursion, and never throws. */
export function parseText(source: ShellSource, blocks: Blocks, out: ParserOutput): void {
  new TextParser(source, blocks, out).parse();
}

class TextParser {
  private readonly text: string;
  private begun: Begun | undefined;
  private readonly pending: Pending[] = [];
  /** Inside `[[ … ]]`. */
  private test = false;
  /** Characters that may still be looked at to tell arithmetic from two subshells: `((((` must not cost its square. */
  private budget: number;
  private i = 0;

  constructor(
    private readonly source: ShellSource,
    private readonly blocks: Blocks,
    private readonly out: ParserOutput,
  ) {
    this.text = source.text;
    this.budget = 2 * source.text.length;
  }

  parse(): void {
    while (this.i < this.text.length) this.step();
    this.finish();
    const at = this.text.length;
    this.blocks.separate({ operator: "\n", span: { start: at, end: at } });
  }

  private step(): void {
    blanks.lastIndex = this.i;
    this.i += blanks.exec(this.text)?.[0].length ?? 0;
    if (this.i >= this.text.length) return;
    const c = this.source.opaqueEnd(this.i) === undefined ? this.text.charAt(this.i) : "";
    if (c === "\n") this.newline();
    else if (c === "#") this.comment();
    else if (this.test && c !== ";") this.word();
    else this.outsideTest(c);
  }

  private outsideTest(c: string): void {
    this.test = false;
    if (this.blocks.casePhase === "pattern" && !this.begun) this.pattern(c);
    else if (c === ";") this.semicolon();
    else if (c === "|") this.operator(this.text.startsWith("||", this.i) ? "||" : "|");
    else if (c === "(") this.parenthesis();
    else if (c === ")") this.closing();
    else if (c !== "" && this.redirection()) return;
    else if (c === "&") this.operator(this.text.startsWith("&&", this.i) ? "&&" : "&");
    else this.word();
  }

  private comment(): void {
    const end = this.text.indexOf("\n", this.i);
    const span = { start: this.i, end: end < 0 ? this.text.length : end };
    this.out.comments.push({ source: this.source.mapped, span });
    this.i = span.end;
  }

  private newline(): void {
    this.test = false;
    const at = this.i++;
    if (this.blocks.casePhase !== "subject") {
      this.finish();
      this.blocks.separate({ operator: "\n", span: { start: at, end: at + 1 } });
    }
    for (const { redirection, delimiter } of this.pending.splice(0)) {
      const body = readHereDocument(this.source, this.i, {
        delimiter: delimiter.text.text,
        quoted: delimiter.quoted,
        tabs: redirection.operator === "<<-",
      });
      redirection.hereDocument = body;
      if (!body.closed) this.problem("here-document", delimiter.span);
      this.i = body.next;
    }
  }

  private semicolon(): void {
    const { text, i } = this;
    const width = text.startsWith(";;&", i) ? 3 : text.startsWith(";;", i) || text.startsWith(";&", i) ? 2 : 1;
    if (width > 1) {
      this.finish();
      this.blocks.separate({ operator: ";;", span: { start: i, end: i + width } });
      this.blocks.branchEnd();
    } else this.separator({ operator: ";", span: { start: i, end: i + 1 } });
    this.i += width;
  }

  private operator(operator: "|" | "||" | "&" | "&&"): void {
    const start = this.i;
    this.i += operator.length;
    if (operator === "|" && this.text.charAt(this.i) === "&") this.i++;
    this.separator({ operator, span: { start, end: this.i } });
  }

  private separator(separator: Separator): void {
    this.finish();
    this.blocks.separate(separator);
  }

  /** The words between `;;` and `)` in a `case`. */
  private pattern(c: string): void {
    if (c === ")") {
      this.i++;
      this.blocks.patternEnd();
    } else if (endsWord(this.text, this.i)) this.i++;
    else {
      const word = readWord(this.source, this.i);
      this.i = word.span.end;
      if (word.text.text === "esac" && !word.quoted) this.blocks.reserved("esac");
    }
  }

  /** A function's `()`, arithmetic, or the beginning of a subshell. */
  private parenthesis(): void {
    const { text, begun } = this;
    const name = begun?.words.length === 1 && begun.assignments.length === 0 && !begun.header;
    const empty = /\([ \t]*\)/y;
    empty.lastIndex = this.i;
    const width = empty.exec(text)?.[0].length;
    if (name && width !== undefined) {
      this.begun = undefined;
      this.i += width;
      this.blocks.expectFunction();
      return;
    }
    if (text.startsWith("((", this.i) && (!begun || begun.header) && this.budget > 0) {
      const end = readExpansion(this.source, this.i, false, []);
      this.budget -= end - this.i;
      if (text.startsWith("))", end - 2)) {
        this.begin(this.i).header = true;
        this.extend(end);
        this.i = end;
        return;
      }
    }
    this.finish();
    this.blocks.openSubshell();
    this.i++;
  }

  private closing(): void {
    this.finish();
    this.blocks.closeSubshell();
    this.i++;
  }

  private redirection(): boolean {
    const { text } = this;
    if (/[<>]/.test(text.charAt(this.i)) && text.charAt(this.i + 1) === "(") return false;
    redirectionHead.lastIndex = this.i;
    const found = redirectionHead.exec(text);
    if (!found) return false;
    const start = this.i;
    const operator = found[2] ?? found[0];
    blanks.lastIndex = start + found[0].length;
    const at = blanks.lastIndex + (blanks.exec(text)?.[0].length ?? 0);
    const target = endsWord(text, at) && !/^[<>]\(/.test(text.slice(at, at + 2)) ? undefined : this.readWord(at);
    const end = target?.span.end ?? start + found[0].length;
    const redirection = {
      operator,
      ...(found[1] && { descriptor: Number(found[1]) }),
      ...(target && { target }),
      span: { start, end },
    };
    if (!this.begun && this.blocks.closed) this.blocks.closed.redirections.push(redirection);
    else this.begin(start).redirections.push(redirection);
    this.extend(end);
    if (target && (operator === "<<" || operator === "<<-")) this.pending.push({ redirection, delimiter: target });
    this.i = end;
    return true;
  }

  private word(): void {
    const start = this.i;
    const first = this.begun?.words.length === 0 || !this.begun;
    const head = this.assignment(first, start);
    const word = this.readWord(start, head?.valueAt);
    this.i = Math.max(word.span.end, start + 1);
    const plain = !word.quoted && word.expansions.length === 0 ? word.text.text : "";
    if (this.test) {
      this.push(word);
      if (plain === "]]") this.test = false;
      return;
    }
    if (!this.begun && plain !== "") {
      const effect = this.blocks.reserved(plain);
      if (effect === "word") return;
      if (effect === "header" || plain === "[[" || plain === "function") {
        this.push(word).header = true;
        this.test = plain === "[[";
        return;
      }
    }
    if (first && head) {
      const begun = this.begin(start);
      const { text } = word;
      begun.assignments.push({
        name: text.slice(0, head.nameLength),
        value: text.slice(head.valueAt - start),
        word,
        append: head.append,
      });
      this.extend(word.span.end);
      return;
    }
    this.push(word);
    this.headerWord(plain);
  }

  /** `for NAME do`, `case WORD in`, `function NAME {`: the header's end. */
  private headerWord(plain: string): void {
    const { begun } = this;
    if (!begun?.header) return;
    const keyword = begun.words[0]?.text.text;
    if (keyword === "case" && plain === "in" && begun.words.length > 2) {
      this.finish();
      this.blocks.patterns();
    } else if (keyword === "function" && begun.words.length === 2) {
      this.begun = undefined;
      const parens = /[ \t]*\([ \t]*\)/y;
      parens.lastIndex = this.i;
      this.i += parens.exec(this.text)?.[0].length ?? 0;
      this.blocks.expectFunction();
    }
  }

  private assignment(
    first: boolean,
    at: number,
  ): { readonly nameLength: number; readonly valueAt: number; readonly append: boolean } | undefined {
    if (!first && !declares.test(this.begun?.words[0]?.text.text ?? "")) return undefined;
    assignmentHead.lastIndex = at;
    const found = assignmentHead.exec(this.text);
    if (!found) return undefined;
    const append = found[1] === "+";
    return { nameLength: found[0].length - (append ? 2 : 1), valueAt: at + found[0].length, append };
  }

  private readWord(at: number, valueAt?: number): ShellWord {
    const word = readWord(this.source, at, { ...(valueAt !== undefined && { valueAt }), onlyBlanksEnd: this.test });
    if (word.unclosed !== undefined) {
      const quote = /^\$?["']/.test(this.text.slice(word.unclosed, word.unclosed + 2));
      this.problem(quote ? "quote" : "expansion", { start: word.unclosed, end: word.unclosed + 1 });
    }
    return word;
  }

  private push(word: ShellWord): Begun {
    const begun = this.begin(word.span.start);
    begun.words.push(word);
    this.extend(word.span.end);
    return begun;
  }

  private begin(start: number): Begun {
    this.begun ??= { words: [], assignments: [], redirections: [], start, end: start, header: false };
    return this.begun;
  }

  private extend(end: number): void {
    if (this.begun) this.begun.end = Math.max(this.begun.end, end);
  }

  private finish(): void {
    const { begun } = this;
    if (!begun) return;
    this.begun = undefined;
    const { words, assignments, redirections, header } = begun;
    const span = { start: begun.start, end: begun.end };
    this.blocks.add({ source: this.source.mapped, words, assignments, redirections, header, span });
  }

  private problem(kind: ShellProblem["kind"], span: Span): void {
    const message =
      kind === "quote"
        ? msg("The shell does not find the end of this quote")
        : kind === "expansion"
          ? msg("The shell does not find the end of this expansion")
          : msg("The shell does not find the end of this here-document");
    this.out.problems.push({ kind, source: this.source.mapped, span, message });
  }
}
