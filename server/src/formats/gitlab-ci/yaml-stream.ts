import { Composer, type Document, Lexer, Parser } from "yaml";

/** A token stack of this height is nesting that nobody writes, and far below what a recursive composer survives. */
const highestStack = 400;

export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  /** Where the nesting got too deep for the composer, which recurses; nothing is composed then. */
  readonly tooDeepAt?: number;
}

/**
 * Parses a stream of YAML documents. The package's lexer and parser keep a stack of their own and do not recurse: they
 * run first, and their stack tells the depth. All scalars stay strings (the failsafe schema): GitLab turns the values
 * of variables into strings anyway, and the tests of the other schemas cost time.
 */
export function readYaml(text: string): YamlStream {
  const parser = new Parser();
  const tokens = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > highestStack) return { documents: [], tooDeepAt: Math.min(offset, text.length - 1) };
    offset += lexeme.length;
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({ schema: "failsafe", logLevel: "silent", uniqueKeys: false, prettyErrors: false });
  return { documents: [...composer.compose(tokens, false, -1)] };
}
