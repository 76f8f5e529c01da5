import { afterAll, describe, expect, it } from "vitest";
import type { ClientCapabilities, CompletionItem } from "vscode-languageserver-protocol";
import { CompletionItemTag, InsertTextFormat, InsertTextMode } from "vscode-languageserver-protocol";
import { LspClient, pulling } from "../support/lsp-client.js";

const uri = "file:///host/etc/gitlab-runner/config.toml";
const withSnippets: ClientCapabilities = {
  ...pulling,
  textDocument: { ...pulling.textDocument, completion: { completionItem: { snippetSupport: true } } },
};

const pipeline = "file:///project/.gitlab-ci.yml";
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

  it.each([
    [undefined, ["alias", "command", "entrypoint", "variables", "pull_policy"]],
    [{ knowsYaml: true }, []],
  ])("leaves a pipeline's keywords to an editor that knows them: %j", async (initializationOptions, expected) => {
    const client = await LspClient.start({
      capabilities: pulling,
      ...(initializationOptions && { initializationOptions }),
    });
    clients.push(client);
    const ask = async (text: string): Promise<readonly CompletionItem[]> => {
      await client.open(pipeline, text);
      const lines = text.split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      return client.connection.sendRequest("textDocument/completion", { textDocument: { uri: pipeline }, position });
    };
    const keys = await ask("job:\n  services:\n    - name: docker:dind\n      ");
    expect(keys.map(({ label }) => label)).toEqual(expected);
  });

  it("keeps the indentation of further lines", async () => {
    const client = await LspClient.start({ capabilities: withSnippets });
    clients.push(client);
    await client.open(pipeline, "job:\n  services:\n    - ");
    const items: readonly CompletionItem[] = await client.connection.sendRequest("textDocument/completion", {
      textDocument: { uri: pipeline },
      position: { line: 2, character: 6 },
    });
    expect(items.find(({ label }) => label === "name: docker:dind")).toMatchObject({
      insertTextMode: InsertTextMode.asIs,
      textEdit: { newText: expect.stringMatching(/^name: docker:dind\n {6}alias: \$\{1:docker\}$/) },
    });
  });
});
