import { type Connection, SemanticTokensBuilder, type ServerCapabilities } from "vscode-languageserver";
import { inlayHints } from "../features/inlay-hints/inlay-hints.js";
import { semanticTokens, tokenTypes } from "../features/semantic-tokens.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";

export const hintCapabilities: ServerCapabilities = {
  inlayHintProvider: true,
  semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] }, full: true },
};

/**
 * Says what is not written: what addresses are, and what the words inside of strings are.
 * @param wanted whether the settings want hints
 * @param ready fulfilled when the files that an address leads to are read
 */
export function serveHints(
  connection: Connection,
  service: Service,
  localize: Localize,
  wanted: () => boolean,
  ready: () => Promise<unknown>,
): void {
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    if (!wanted()) return [];
    await ready();
    return inlayHints(service, textDocument.uri, range, localize).map((hint) => ({ ...hint, paddingLeft: true }));
  });
  connection.languages.semanticTokens.on(({ textDocument }) => {
    const builder = new SemanticTokensBuilder();
    for (const { range, type } of semanticTokens(service, textDocument.uri)) {
      const { start, end } = range;
      builder.push(start.line, start.character, end.character - start.character, tokenTypes.indexOf(type), 0);
    }
    return builder.build();
  });
}
