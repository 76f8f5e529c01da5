import type { HereDocument, ShellWord } from "../quoting/shell.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Message } from "../text/message.js";
import type { Span } from "../text/span.js";

/** What stands between two commands. */
export interface Separator {
  readonly operator: ";" | "&" | "&&" | "||" | "|" | "\n" | ";;";
  readonly span: Span;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<-`, `<<<`, `>|`, `<>`, `>&`, `<&`, `&>`, `&>>` */
  readonly operator: string;
  /** The descriptor before the operator. */
  readonly descriptor?: number;
  /** The file, the descriptor, or the delimiter of a here-document. */
  readonly target?: ShellWord;
  readonly hereDocument?: HereDocument;
  /** Operator and target. */
  readonly span: Span;
}

/** `NAME=value` in front of a command or alone. */
export interface PrefixAssignment {
  readonly name: MappedText;
  readonly value: MappedText;
  readonly word: ShellWord;
  /** `NAME+=value` of bash. */
  readonly append: boolean;
}

/** What holds commands: the script itself, a compound command, one of its branches. */
export interface Block {
  /** `branch`: what follows `then`, `else`, `do` or a pattern of `case`; its parent is the compound command. */
  readonly kind: "script" | "if" | "loop" | "case" | "function" | "brace" | "subshell" | "branch";
  readonly parent: Block | undefined;
  /** Whether it runs, and how often, is not known: a branch, a loop's body, a function. */
  readonly conditional: boolean;
  /** Commands and blocks right in it. */
  readonly elements: readonly Element[];
  readonly before: Separator | undefined;
  readonly after: Separator | undefined;
  /** `{ …; } > file` */
  readonly redirections: readonly Redirection[];
  /** What writes into its standard input. */
  readonly pipedFrom: Element | undefined;
}

export type Element = Command | Block;

/** Whether an element is a simple command. */
export function isCommand(element: Element): element is Command {
  return "words" in element;
}

/** Who runs a command. */
export interface Context {
  /** `substitution`: inside `$( )`; `shell`: the script of an inner `sh -c` or of a shell's here-document; `remote`: the same on another machine or in another container. */
  readonly kind: "script" | "substitution" | "shell" | "remote";
  /** It runs on another machine or in another container than the script. */
  readonly elsewhere: boolean;
  /** It runs in a process of its own: what it sets is gone afterwards. */
  readonly subshell: boolean;
  readonly depth: number;
}

/** A simple command with the words that it is given. */
export interface Command {
  /** The text that its spans and words are in: a text of the script, or what is nested in a word of one. */
  readonly source: MappedText;
  readonly words: readonly ShellWord[];
  readonly assignments: readonly PrefixAssignment[];
  readonly redirections: readonly Redirection[];
  /** From the first to the last character, bodies of here-documents not included. */
  readonly span: Span;
  readonly before: Separator | undefined;
  readonly after: Separator | undefined;
  readonly block: Block;
  readonly context: Context;
  /** The words of `for NAME in …`, `case WORD in`, `[[ … ]]`: no program is run. */
  readonly header: boolean;
  /** What writes into its standard input. */
  readonly pipedFrom: Element | undefined;
}

/** A stretch of a shell text. */
export interface SourceSpan {
  readonly source: MappedText;
  readonly span: Span;
}

/** What the shell would refuse. `kind` names what is not closed. */
export interface ShellProblem extends SourceSpan {
  readonly kind: "quote" | "expansion" | "here-document";
  readonly message: Message;
}

/** What was understood of the texts that one shell runs. */
export interface ShellReading {
  /** In the order in which they are run, as far as that is told; those of a substitution before the command that holds it. */
  readonly commands: readonly Command[];
  readonly comments: readonly SourceSpan[];
  readonly problems: readonly ShellProblem[];
}

/** How many blocks around a command are looked at. */
const levels = 32;

/** The blocks around a command, the innermost first. */
export function* blocksAround(command: Command): Generator<Block> {
  let block: Block | undefined = command.block;
  for (let level = 0; block && level < levels; level++, block = block.parent) yield block;
}

/** Whether it is not sure that the command runs when the script gets to it. */
export function isConditional(command: Command): boolean {
  const operator = command.before?.operator;
  return command.block.conditional || operator === "&&" || operator === "||";
}

/** Whether what the command sets lasts for the commands after it. */
export function lasts(command: Command): boolean {
  if (command.context.subshell || inOwnProcess(command)) return false;
  for (const block of blocksAround(command)) if (block.kind === "subshell" || inOwnProcess(block)) return false;
  return true;
}

function inOwnProcess(element: Element): boolean {
  const operator = element.after?.operator;
  return element.pipedFrom !== undefined || operator === "|" || operator === "&";
}
