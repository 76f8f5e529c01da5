import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { Span } from "../../text/span.js";

/** A token stack of this height is nesting that nobody writes, and far below what a recursive composer survives. */
const highestStack = 400;

/** So many quotes that are not closed and tokens that nothing can begin with are found in no file that is being written. */
const mostMistakes = 500;

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
 * Runs `work` with Errors that know no place of the program. The package makes an Error of everything that it complains of,
 * and V8 walks the stack for each, which took most of the time of a text with thousands of mistakes.
 */
function withoutStackTraces<T>(work: () => T): T {
  const limit: unknown = Reflect.get(Error, "stackTraceLimit");
  if (typeof limit !== "number") return work();
  try {
    Reflect.set(Error, "stackTraceLimit", 0);
    return work();
  } finally {
    Reflect.set(Error, "stackTraceLimit", limit);
  }
}

/**
 * Parses a stream of YAML documents. The package's lexer and parser keep a stack of their own and do not recurse: they
 * run first, and their stack tells the depth. All scalars stay strings (the failsafe schema): GitLab turns the values
 * of variables into strings anyway, and the tests of the other schemas cost time.
 */
export function readYaml(text: string): YamlStream {
  const read = readTokens(text, mostMistakes);
  return "tokens" in read ? composed(read) : read;
}

/** The same of a text without mistakes; undefined, and sooner, where a quote is not closed. */
export function readValidYaml(text: string): YamlStream | undefined {
  const read = readTokens(text, 1);
  if (!("tokens" in read) || read.unclosed.size > 0) return undefined;
  const stream = composed(read);
  return hasErrors(stream) ? undefined : stream;
}

interface Tokens extends Pick<YamlStream, "lostAliases" | "unclosed"> {
  readonly tokens: readonly CST.Token[];
}

/** @param most mistakes after which the rest of the text is not read: it is no YAML, and would be nothing but mistakes */
function readTokens(text: string, most: number): Tokens | YamlStream {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const lostAliases: Span[] = [];
  const unclosed = new Map<number, number>();
  const anchors = new Set<string>();
  let refused = 0;
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === "error") refused++;
    }
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
    if (refused + unclosed.size >= most) break;
    before = lexeme;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, lostAliases, unclosed };
}

function composed({ tokens, lostAliases, unclosed }: Tokens): YamlStream {
  const composer = new Composer({
    schema: "failsafe",
    logLevel: "silent",
    uniqueKeys: false,
    prettyErrors: false,
    // As lenient as libyaml: a comment right behind a quote, say.
    strict: false,
  });
  const documents = withoutStackTraces(() => [...composer.compose(tokens, false, -1)]);
  return { documents, lostAliases, unclosed };
}
