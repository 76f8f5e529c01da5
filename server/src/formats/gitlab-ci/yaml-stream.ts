import { Composer, type Document, Lexer, Parser } from "yaml";
import type { Span } from "../../text/span.js";

/** A token stack of this height is nesting that nobody writes, and far below what a recursive composer survives. */
const highestStack = 400;

export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  /** Where the nesting got too deep for the composer, which recurses; nothing is composed then. */
  readonly tooDeepAt?: number;
  /** Aliases whose anchor does not stand before them; the package looks no further than their spelling. */
  readonly lostAliases: readonly Span[];
  /** Where quoted scalars begin that are not closed, by where the lexer gave them up. */
  readonly unclosed: ReadonlyMap<number, number>;
}

/** What the lexer puts before a scalar. */
const scalarFollows = "\x1f";

/** Whether the parser had something to complain of. */
export function hasErrors(stream: YamlStream): boolean {
  return stream.tooDeepAt !== undefined || stream.documents.some((document) => document.errors.length > 0);
}

/**
 * Parses a stream of YAML documents. The package's lexer and parser keep a stack of their own and do not recurse: they
 * run first, and their stack tells the depth. All scalars stay strings (the failsafe schema): GitLab turns the values
 * of variables into strings anyway, and the tests of the other schemas cost time.
 */
export function readYaml(text: string): YamlStream {
  const parser = new Parser();
  const tokens = [];
  const lostAliases: Span[] = [];
  const unclosed = new Map<number, number>();
  const anchors = new Set<string>();
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const end = Math.min(parser.offset, text.length);
    if (parser.stack.length > highestStack)
      return { documents: [], tooDeepAt: Math.max(0, end - 1), lostAliases: [], unclosed };
    if (before !== scalarFollows) {
      if (lexeme.startsWith("&")) anchors.add(lexeme.slice(1));
      else if (lexeme.startsWith("*") && !anchors.has(lexeme.slice(1))) {
        lostAliases.push({ start: end - lexeme.length, end });
      } else if (/^["']/.test(lexeme) && (lexeme.length === 1 || !lexeme.endsWith(lexeme.charAt(0)))) {
        unclosed.set(end, end - lexeme.length);
      } else if (lexeme === "---") anchors.clear();
    }
    before = lexeme;
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({
    schema: "failsafe",
    logLevel: "silent",
    uniqueKeys: false,
    prettyErrors: false,
    // As lenient as libyaml: a comment right behind a quote, say.
    strict: false,
  });
  return { documents: [...composer.compose(tokens, false, -1)], lostAliases, unclosed };
}
