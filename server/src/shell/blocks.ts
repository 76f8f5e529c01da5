import type { Block, Command, Context, Element, Redirection, Separator } from "./command.js";

interface OpenBlock extends Block {
  readonly elements: Element[];
  readonly redirections: Redirection[];
  after: Separator | undefined;
}

type CommandInProgress = { -readonly [K in keyof Command]: Command[K] };

interface Frame {
  readonly kind: Exclude<Block["kind"], "script" | "branch">;
  readonly block: OpenBlock;
  /** Where commands go: the block itself, or the branch that has begun. */
  body: OpenBlock;
  /** Of `case`: what comes next. */
  phase?: "subject" | "pattern" | "body";
}

/** What a reserved word made of the place where it stood. */
export type ReservedEffect = "none" | "word" | "header";

function emptyBlock(kind: Block["kind"], parent: Block | undefined, conditional: boolean): OpenBlock {
  return {
    kind,
    parent,
    conditional,
    elements: [],
    redirections: [],
    before: undefined,
    after: undefined,
    pipedFrom: undefined,
  };
}

/** The compound commands that are open, and where the next command belongs. */
export class Blocks {
  /** The block that has just been closed: redirections that follow are its. */
  closed: OpenBlock | undefined;
  private readonly root: OpenBlock = emptyBlock("script", undefined, false);
  private readonly frames: Frame[] = [];
  private readonly open: Partial<Record<Frame["kind"], number>> = {};
  private last: { after: Separator | undefined } | undefined;
  private lastElement: Element | undefined;
  private before: Separator | undefined;
  private functionNext = false;

  constructor(
    private readonly context: Context,
    private readonly commands: Command[],
  ) {}

  /** What the innermost `case` is at, if that is the innermost block. */
  get casePhase(): Frame["phase"] {
    return this.frames.at(-1)?.phase;
  }

  add(parts: Omit<Command, "before" | "after" | "block" | "context" | "pipedFrom">): void {
    const { body } = this;
    const command: CommandInProgress = {
      source: parts.source,
      words: parts.words,
      assignments: parts.assignments,
      redirections: parts.redirections,
      span: parts.span,
      header: parts.header,
      before: this.before,
      after: undefined,
      block: body,
      context: this.context,
      pipedFrom: this.pipedFrom(),
    };
    body.elements.push(command);
    this.commands.push(command);
    this.follow(command);
    this.functionNext = false;
  }

  separate(separator: Separator): void {
    this.closed = undefined;
    if (separator.operator === "\n" && this.last === undefined) return;
    if (this.last) this.last.after = separator;
    this.last = undefined;
    this.before = separator;
  }

  /** A function's body begins. */
  expectFunction(): void {
    this.functionNext = true;
    this.last = undefined;
  }

  /** Handles a word that stands where a command begins. `header`: the words that follow are no command's. */
  reserved(word: string): ReservedEffect {
    switch (word) {
      case "if":
        this.push("if");
        return "word";
      case "while":
      case "until":
        this.push("loop");
        return "word";
      case "for":
      case "select":
        this.push("loop");
        return "header";
      case "case":
        this.push("case").phase = "subject";
        return "header";
      case "{":
        this.push("brace");
        return "word";
      case "then":
      case "elif":
      case "else":
        return this.branch("if");
      case "do":
        return this.branch("loop");
      case "fi":
        return this.pop("if") ? "word" : "none";
      case "done":
        return this.pop("loop") ? "word" : "none";
      case "esac":
        return this.pop("case") ? "word" : "none";
      case "}":
        return this.pop("brace") ? "word" : "none";
      case "!":
      case "time":
        return "word";
      default:
        return "none";
    }
  }

  openSubshell(): void {
    this.push("subshell");
  }

  /** @returns whether a subshell was open */
  closeSubshell(): boolean {
    return this.pop("subshell");
  }

  /** The `in` of a `case` was read. */
  patterns(): void {
    const frame = this.frames.at(-1);
    if (frame) frame.phase = "pattern";
  }

  /** The parenthesis behind a pattern was read. */
  patternEnd(): void {
    const frame = this.frames.at(-1);
    if (frame?.kind !== "case") return;
    frame.phase = "body";
    this.beginBranch(frame);
  }

  /** `;;` was read. */
  branchEnd(): void {
    const frame = this.frames.at(-1);
    if (frame?.kind === "case") {
      frame.phase = "pattern";
      frame.body = frame.block;
    }
    this.last = undefined;
    this.closed = undefined;
  }

  private get body(): OpenBlock {
    return this.frames.at(-1)?.body ?? this.root;
  }

  private pipedFrom(): Element | undefined {
    return this.before?.operator === "|" ? this.lastElement : undefined;
  }

  private follow(element: Element & { after: Separator | undefined }): void {
    this.last = element;
    this.lastElement = element;
    this.before = undefined;
    this.closed = undefined;
  }

  private push(kind: Frame["kind"]): Frame {
    const parent = this.body;
    const asFunction = this.functionNext;
    this.functionNext = false;
    const block: OpenBlock = {
      ...emptyBlock(asFunction ? "function" : kind, parent, parent.conditional || asFunction),
      before: this.before,
      pipedFrom: this.pipedFrom(),
    };
    parent.elements.push(block);
    const frame: Frame = { kind, block, body: block };
    this.frames.push(frame);
    this.open[kind] = (this.open[kind] ?? 0) + 1;
    this.begin();
    return frame;
  }

  private branch(kind: Frame["kind"]): ReservedEffect {
    if (!this.open[kind]) return "none";
    this.unwind(kind);
    const frame = this.frames.at(-1);
    if (frame) this.beginBranch(frame);
    return "word";
  }

  private beginBranch(frame: Frame): void {
    const body = emptyBlock("branch", frame.block, true);
    frame.block.elements.push(body);
    frame.body = body;
    this.begin();
  }

  private begin(): void {
    this.before = undefined;
    this.last = undefined;
    this.lastElement = undefined;
    this.closed = undefined;
  }

  private pop(kind: Frame["kind"]): boolean {
    if (!this.open[kind]) return false;
    this.unwind(kind);
    const frame = this.frames.pop();
    if (!frame) return false;
    this.open[kind] = (this.open[kind] ?? 1) - 1;
    this.follow(frame.block);
    this.closed = frame.block;
    return true;
  }

  /** Gives up blocks that were not closed, down to one of `kind`. */
  private unwind(kind: Frame["kind"]): void {
    let frame = this.frames.at(-1);
    while (frame && frame.kind !== kind) {
      this.frames.pop();
      this.open[frame.kind] = (this.open[frame.kind] ?? 1) - 1;
      frame = this.frames.at(-1);
    }
  }
}
