import { echoed } from "../quoting/echo.js";
import { printed } from "../quoting/printf.js";
import { type Dialect, joinWords, readWord, ShellSource, type ShellWord } from "../quoting/shell.js";
import type { MappedText } from "../text/mapped-text.js";
import { type Command, type Element, isCommand } from "./command.js";
import { invocation } from "./program.js";

/** What a command writes to its standard output, by the shell that runs it; undefined where that is not known. */
export interface Printed {
  readonly dash: MappedText | undefined;
  readonly bash: MappedText | undefined;
  /** The ash of Alpine's images. */
  readonly busybox: MappedText | undefined;
  /** Two of them are known and not the same. */
  readonly differ: boolean;
}

/** How an output comes about. */
export type OutputKind = "echo" | "printf" | "here-document" | "here-string" | "jq" | "other";

export interface Output {
  readonly kind: OutputKind;
  readonly printed: Printed;
  /** The `echo` or `printf` that prints it. */
  readonly by?: Command;
}

const unknown: Printed = { dash: undefined, bash: undefined, busybox: undefined, differ: false };

function of(dash: MappedText | undefined, bash: MappedText | undefined, busybox: MappedText | undefined): Printed {
  const texts = [dash, bash, busybox].filter((text) => text !== undefined).map((text) => text.text);
  return { dash, bash, busybox, differ: new Set(texts).size > 1 };
}

/** What an element of a pipeline, or a command whose output goes to a file, prints. */
export function outputOf(element: Element | undefined): Output {
  if (!element) return { kind: "other", printed: unknown };
  if (!isCommand(element)) {
    const [only, ...more] = element.elements;
    const plain = element.kind === "brace" || element.kind === "subshell";
    return plain && only && more.length === 0 && isCommand(only) ? outputOf(only) : { kind: "other", printed: unknown };
  }
  const call = invocation(element);
  if (!call) return { kind: "other", printed: unknown };
  switch (call.name) {
    case "echo":
      // An echo with a path is a program of its own, which reads no backslashes: coreutils' and busybox's alike.
      return call.program.text.text === "echo"
        ? { kind: "echo", printed: byDialect(element, call.args, echoed), by: element }
        : { kind: "other", printed: unknown };
    case "printf":
      return call.program.text.text === "printf"
        ? { kind: "printf", printed: byDialect(element, call.args, printed), by: element }
        : { kind: "other", printed: unknown };
    case "cat":
    case "tee":
      return call.name === "tee" || call.args.every((word) => word.text.text === "-")
        ? inputOf(element)
        : { kind: "other", printed: unknown };
    case "jq":
      return { kind: "jq", printed: unknown };
    default:
      return { kind: "other", printed: unknown };
  }
}

/** What a command reads from its standard input. */
export function inputOf(command: Command): Output {
  const redirection = command.redirections.findLast((r) => r.operator.startsWith("<") && r.operator !== "<&");
  if (redirection?.hereDocument) {
    const { text } = redirection.hereDocument;
    return { kind: "here-document", printed: of(text, text, text) };
  }
  if (redirection?.operator === "<<<" && redirection.target) {
    const { text } = redirection.target;
    // Only bash knows here-strings.
    return { kind: "here-string", printed: of(undefined, text, undefined) };
  }
  return redirection ? { kind: "other", printed: unknown } : outputOf(command.pipedFrom);
}

function byDialect(
  command: Command,
  args: readonly ShellWord[],
  print: (args: ReturnType<typeof joinWords>, dialect: Dialect) => MappedText | undefined,
): Printed {
  const source = args.some((word) => word.bashOnly) ? ShellSource.of(command.source) : undefined;
  const plain = source ? undefined : joinWords(command.source, args);
  const joined = (dialect: Dialect) =>
    plain ??
    joinWords(
      command.source,
      args.map((word) => (source && word.bashOnly ? readWord(source, word.span.start, { dialect }) : word)),
    );
  const text = (dialect: Dialect) => {
    if (dialect === "bash" && args.some((word) => word.braces)) return undefined;
    return print(joined(dialect), dialect);
  };
  return of(text("dash"), text("bash"), text("busybox"));
}
