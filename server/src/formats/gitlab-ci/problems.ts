import { type Message, msg } from "../../text/message.js";
import type { Span } from "../../text/span.js";
import type { SyntaxProblem } from "../format.js";
import type { YamlStream } from "./yaml-stream.js";

/** After some errors the rest is mostly echo of the first. */
const mostProblems = 10;

/** How much of a line is marked, in UTF-16 units. */
const longestMark = 200;

export function syntaxProblems(text: string, stream: YamlStream): readonly SyntaxProblem[] {
  const { documents, lostAliases, unclosed } = stream;
  const problems: SyntaxProblem[] = [];
  const lastAt = new Set<number>();
  for (const document of documents) {
    const valueEnd = document.contents?.range?.[1] ?? text.length;
    let ended = false;
    for (const error of document.errors) {
      const { start, end } = spanOf(text, error.pos);
      if (problems.length >= mostProblems || lastAt.has(start)) continue;
      // Where the document's value is over, each word of the rest is an error of its own.
      if (error.code === "UNEXPECTED_TOKEN" && start >= valueEnd) {
        if (ended) continue;
        ended = true;
      }
      lastAt.add(start);
      const quote = error.code === "MISSING_CHAR" ? unclosed.get(start) : undefined;
      if (quote !== undefined) problems.push(unclosedQuote(text, quote));
      else problems.push({ span: { start, end }, message: messageOf(error.code) });
    }
  }
  const lost = lostAliases.slice(0, mostProblems - problems.length);
  return [
    ...problems,
    ...lost.map((span) => ({ span, message: msg("No anchor of this name stands before. GitLab rejects the file.") })),
  ];
}

const beforeContent = /(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*/y;

/** An error at a blank or a comment is that of the line that follows: its words up to a colon. */
function spanOf(text: string, [start, end]: readonly [number, number]): Span {
  if (end > start + 1 || !/[\s#]/.test(text.charAt(start))) return { start, end: Math.max(end, start + 1) };
  beforeContent.lastIndex = start;
  const from = start + (beforeContent.exec(text)?.[0].length ?? 0);
  const words = /^[^\r\n:]*/.exec(text.slice(from, from + longestMark))?.[0].trimEnd().length ?? 0;
  return words > 0 ? { start: from, end: from + words } : { start, end: Math.max(end, start + 1) };
}

/** Marked from the quote to the end of its line, where it should have been closed. */
function unclosedQuote(text: string, start: number): SyntaxProblem {
  const length = text.slice(start).search(/\s*(?:[\r\n]|$)/);
  return {
    span: { start, end: start + Math.max(1, length) },
    message: msg("This quote is not closed. GitLab rejects the file."),
  };
}

function messageOf(code: string): Message {
  switch (code) {
    case "TAB_AS_INDENT":
      return msg("A tab in the indentation: YAML wants blanks. GitLab rejects the file.");
    case "BAD_INDENT":
      return msg("The indentation does not fit the lines before. GitLab rejects the file.");
    case "MISSING_CHAR":
      return msg("A comma or a blank is missing. GitLab rejects the file.");
    case "BAD_SCALAR_START":
      return msg("No plain value begins with this character: put it in quotes. GitLab rejects the file.");
    case "BAD_DQ_ESCAPE":
      return msg("Double quotes know no such escape: write \\\\ for a backslash, or use single quotes.");
    case "BLOCK_AS_IMPLICIT_KEY":
      return msg(
        "A colon and a blank make a key of what stands before: put the value in quotes. GitLab rejects the file.",
      );
    case "MULTILINE_IMPLICIT_KEY":
      return msg("A key and its colon have to stand on one line. GitLab rejects the file.");
    default:
      return msg("Not valid YAML: GitLab rejects the file.");
  }
}

export function tooDeep(offset: number): SyntaxProblem {
  return { span: { start: offset, end: offset + 1 }, message: msg("Nested too deeply: the file is not checked.") };
}
