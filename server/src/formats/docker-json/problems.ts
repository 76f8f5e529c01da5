import { type ParseError, printParseErrorCode } from "jsonc-parser";
import { type Message, msg } from "../../text/message.js";
import type { Span, TextEdit } from "../../text/span.js";
import type { SyntaxProblem } from "../format.js";
import type { DockerJsonKind } from "./tree.js";

/** Go gives up at the first error; after some of ours the rest is mostly echo. */
const mostProblems = 10;

/** The program that reads the file, as messages name it. */
function programOf(kind: DockerJsonKind): string {
  return kind === "client" ? "docker" : "dockerd";
}

/** What the errors of jsonc-parser mean to Go's strict reading. `text` is what the parser saw. */
export function syntaxProblems(
  text: string,
  errors: readonly ParseError[],
  kind: DockerJsonKind,
): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const seen = new Set<number>();
  const bare = withoutComments(text, errors);
  const open = errors.some(({ error }) => printParseErrorCode(error) === "UnexpectedEndOfString");
  for (const error of errors) {
    if (problems.length >= mostProblems) break;
    if (seen.has(error.offset)) continue;
    seen.add(error.offset);
    const problem = problemOf(bare, text, error, programOf(kind));
    // Behind a string that is not closed, a comma would become part of it.
    const inside = open && problem.repair?.edits.some(({ newText }) => newText === ",");
    problems.push(inside ? { span: problem.span, message: problem.message } : problem);
  }
  return problems;
}

function problemOf(bare: string, text: string, error: ParseError, program: string): SyntaxProblem {
  const span = { start: error.offset, end: Math.max(error.offset + error.length, error.offset + 1) };
  const comma = trailingComma(bare, error);
  if (comma) {
    return {
      span: comma,
      message: msg("A comma after the last entry: {0} rejects the whole file.", program),
      repair: repairOf(msg("Remove the comma"), comma),
    };
  }
  switch (printParseErrorCode(error.error)) {
    case "InvalidCommentToken":
    case "UnexpectedEndOfComment":
      return {
        span,
        message: msg("A comment: JSON has none, and {0} rejects the whole file.", program),
        repair: repairOf(msg("Remove the comment"), commentSpan(text, span)),
      };
    case "CommaExpected": {
      const at = endBefore(bare, error.offset);
      return {
        span,
        message: msg("A comma is missing before this: {0} rejects the whole file.", program),
        ...(/["{[\d]/.test(text.charAt(error.offset)) && {
          repair: { title: msg("Insert a comma"), edits: [{ span: { start: at, end: at }, newText: "," }] },
        }),
      };
    }
    case "ColonExpected":
      return { span, message: msg("A colon is missing after the key: {0} rejects the whole file.", program) };
    case "CloseBraceExpected":
    case "CloseBracketExpected":
      return { span, message: msg("A closing bracket is missing: {0} rejects the whole file.", program) };
    case "UnexpectedEndOfString":
      return {
        span,
        message: msg("The string has no closing quote: {0} rejects the whole file.", program),
        ...closing(text, span),
      };
    case "InvalidEscapeCharacter":
    case "InvalidUnicode":
      return {
        span,
        message: msg("JSON knows no such escape: write \\\\ for a backslash. {0} rejects the whole file.", program),
      };
    case "InvalidCharacter":
      return { span, message: msg("A control character in a string: {0} rejects the whole file.", program) };
    case "EndOfFileExpected":
      return { span, message: msg("Text after the end of the JSON: {0} rejects the whole file.", program) };
    default:
      return { span, message: msg("Not valid JSON: {0} rejects the whole file.", program) };
  }
}

/** The byte-order mark at the start, which the client rejects and dockerd takes. */
export function byteOrderMark(): SyntaxProblem {
  const span = { start: 0, end: 1 };
  return {
    span,
    message: msg("A byte-order mark: {0} rejects the whole file.", programOf("client")),
    repair: repairOf(msg("Remove the byte-order mark"), span),
  };
}

export function tooDeep(offset: number): SyntaxProblem {
  return { span: { start: offset, end: offset + 1 }, message: msg("Nested too deeply: the file is not checked.") };
}

export function notAnObject(span: Span, kind: DockerJsonKind): SyntaxProblem {
  return { span, message: msg("Not a JSON object: {0} rejects the whole file.", programOf(kind)) };
}

function repairOf(title: Message, span: Span): { title: Message; edits: readonly TextEdit[] } {
  return { title, edits: [{ span, newText: "" }] };
}

/** The text with blanks for comments. */
function withoutComments(text: string, errors: readonly ParseError[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { error, offset, length } of errors) {
    if (printParseErrorCode(error) !== "InvalidCommentToken" || offset < at) continue;
    parts.push(text.slice(at, offset), " ".repeat(length));
    at = offset + length;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(at);
}

/** The quote at the end of the line, before a comma that ends it; nothing where brackets say that it ended earlier. */
function closing(text: string, { start, end }: Span): Pick<SyntaxProblem, "repair"> {
  const content = /^"([^"{}[\]\r\n]*?)[\s,]*$/.exec(text.slice(start, end))?.[1];
  if (!content) return {};
  const at = start + 1 + content.length;
  return { repair: { title: msg("Close the quote"), edits: [{ span: { start: at, end: at }, newText: '"' }] } };
}

/** The comma before the bracket that an error stands at. */
function trailingComma(text: string, error: ParseError): Span | undefined {
  const code = printParseErrorCode(error.error);
  if (code !== "PropertyNameExpected" && code !== "ValueExpected") return undefined;
  if (!/[\]}]/.test(text.charAt(error.offset))) return undefined;
  const end = endBefore(text, error.offset);
  return text.charAt(end - 1) === "," ? { start: end - 1, end } : undefined;
}

/** Where the text before the blanks before `offset` ends. */
function endBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

/** The comment, with its line where it has one of its own and with the blanks before it where not. */
function commentSpan(text: string, span: Span): Span {
  let start = span.start;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const ownLine = start === 0 || text.charAt(start - 1) === "\n";
  let end = span.end;
  if (text.startsWith("//", span.start)) while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  if (!ownLine) return { start, end };
  let after = end;
  while (/[ \t\r]/.test(text.charAt(after))) after++;
  return text.charAt(after) === "\n" ? { start, end: after + 1 } : { start: span.start, end };
}
