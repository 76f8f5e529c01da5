import { createScanner } from "jsonc-parser";
import type { Token } from "../../text/differences.js";

/** The words of a JSON text, however broken it is. Blanks between them are words too if they are wanted. */
export function tokensOf(text: string, blanks: boolean): readonly Token[] {
  const scanner = createScanner(text, false);
  const found: Token[] = [];
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const word = text.slice(start, end);
    if (blanks || word.trim() !== "") found.push({ start, end, text: word });
  }
  return found;
}
