import { afterAll, describe, expect, it } from "vitest";
import type { ClientCapabilities, CompletionItem } from "vscode-languageserver-protocol";
import { CompletionItemTag, InsertTextFormat } from "vscode-languageserver-protocol";
import { LspClient, pulling } from "../support/lsp-client.js";

const uri = "file:///host/etc/gitlab-runner/config.toml";
const withSnippets: ClientCapabilities = {
  ...pulling,
  textDocument: { ...pulling.textDocument, completion: { completionItem: { snippetSupport: true } } },
};

const clients: LspClient[] = [];
afterAll(() => {
  for (const client of clients) client.process.kill();
});

/** The items at `‸`. */
async function complete(text: string, capabilities: ClientCapabilities) {
  const client = await LspClient.start({ capabilities, locale: "zh-cn" });
  clients.push(client);
  const before = text.slice(0, text.indexOf("‸")).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  await client.open(uri, text.replace("‸", ""));
  const params = { textDocument: { uri }, position };
  const items: readonly CompletionItem[] = await client.connection.sendRequest("textDocument/completion", params);
  return { client, of: (label: string) => items.find((item) => item.label === label) };
}

describe("completion over the protocol", () => {
  it("has tab stops for editors that know them, and documentation on demand", async () => {
    const { client, of } = await complete("[[runners]]\n  ‸\n  [runners.machine]\n", withSnippets);
    expect(client.initialized.capabilities.completionProvider).toMatchObject({ resolveProvider: true });
    const item = of("environment");
    expect(item).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { newText: 'environment = ["$0"]' },
      filterText: 'environment = [""]',
    });
    expect(of("limit")).toMatchObject({ textEdit: { newText: expect.stringMatching(/^limit = \$\{1:0\}$/) } });
    expect(item?.documentation).toBeUndefined();
    const resolved: CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
    expect(resolved.documentation).toMatch(/\p{Script=Han}/u);
    const strange = { label: "x", data: { about: "nothing" } };
    expect(await client.connection.sendRequest("completionItem/resolve", strange)).toEqual(strange);
  });

  it("is plain text for others, and names what is deprecated", async () => {
    const { of } = await complete("[[runners]]\n  [runners.machine]\n    ‸\n", pulling);
    const item = of("OffPeakTimezone");
    expect(item).toMatchObject({ tags: [CompletionItemTag.Deprecated], textEdit: { newText: 'OffPeakTimezone = ""' } });
    expect(item?.insertTextFormat).toBeUndefined();
  });
});
