import { afterEach, describe, expect, it } from "vitest";
import type {
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Location,
  Position,
  SelectionRange,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { uriOf } from "../support/engine.js";
import { LspClient, pulling } from "../support/lsp-client.js";
import { ci, cntlm, dropin, hostFiles, hostService, inside, shown, toml } from "../support/navigation.js";

const service = hostService();
let client: LspClient | undefined;

/** A session with all files of the host open. */
async function start(): Promise<LspClient> {
  const { workspace } = pulling;
  client = await LspClient.start({
    capabilities: { ...pulling, workspace: { ...workspace, workspaceEdit: { documentChanges: true } } },
  });
  for (const [path, text] of Object.entries(hostFiles)) await client.open(uriOf(path), text);
  return client;
}

async function ask<T>(method: string, uri: string, more: object = {}): Promise<T> {
  const to = client ?? (await start());
  return to.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...more });
}

function at(uri: string, piece: string): { readonly position: Position } {
  return { position: inside(service, uri, piece) };
}

afterEach(() => {
  client?.process.kill();
  client = undefined;
});

describe("over the protocol", () => {
  it("definition, references and highlights", async () => {
    const definitions = await ask<Location[]>("definition", toml, at(toml, "$HTTP_PROXY"));
    expect(definitions.map((found) => shown(service, found))).toEqual(["config.toml:10 HTTP_PROXY"]);
    const context = { includeDeclaration: true };
    const references = await ask<Location[]>("references", cntlm, { ...at(cntlm, "172.17.0.1:3128"), context });
    expect(new Set(references.map(({ uri }) => uri))).toEqual(new Set([toml, ci, cntlm, dropin]));
    expect(await ask("documentHighlight", ci, at(ci, "$LOCAL"))).toHaveLength(2);
  });

  it("symbols, folding and links", async () => {
    const symbols = await ask<DocumentSymbol[]>("documentSymbol", toml);
    expect(symbols.map(({ name }) => name)).toEqual(["builder"]);
    expect(await ask<FoldingRange[]>("foldingRange", ci)).toContainEqual({ startLine: 0, endLine: 2 });
    const links = await ask<DocumentLink[]>("documentLink", dropin);
    expect(links[0]).toMatchObject({ target: cntlm, tooltip: "Open this file" });
  });

  it("selection ranges, one a position", async () => {
    const found = await ask<SelectionRange[]>("selectionRange", toml, {
      positions: [inside(service, toml, "httpsProxy"), inside(service, toml, "alpine")],
    });
    expect(found).toHaveLength(2);
    const steps: string[] = [];
    for (let range = found[0]; range; range = range.parent)
      steps.push(shown(service, { uri: toml, range: range.range }));
    expect(steps.length).toBeGreaterThan(8);
  });

  it("rename of an endpoint in all files, with the versions of the documents", async () => {
    expect(await ask("prepareRename", toml, at(toml, "172.17.0.1:3128"))).toMatchObject({
      placeholder: "172.17.0.1:3128",
    });
    const edit = await ask<WorkspaceEdit>("rename", toml, {
      ...at(toml, "172.17.0.1:3128"),
      newName: "172.17.0.1:3129",
    });
    const changes = (edit.documentChanges ?? []).flatMap((change) => ("edits" in change ? [change] : []));
    expect(new Set(changes.map(({ textDocument }) => textDocument.uri))).toEqual(new Set([toml, ci, cntlm, dropin]));
    expect(changes.map(({ textDocument }) => textDocument.version)).toEqual([1, 1, 1, 1]);
  });

  it("a rename that cannot be done says why", async () => {
    await expect(ask("rename", toml, { ...at(toml, "172.17.0.1:3128"), newName: "?" })).rejects.toThrow(
      "Write host and port",
    );
    expect(await ask("prepareRename", toml, at(toml, "concurrent"))).toBeNull();
  });

  it("inlay hints, unless they are switched off, and semantic tokens", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    expect(await ask("inlayHint", cntlm, { range })).toEqual([
      { position: { line: 4, character: 22 }, label: "docker0", paddingLeft: true },
    ]);
    const { data } = await ask<{ data: number[] }>("semanticTokens/full", toml);
    expect(data.length).toBe(9 * 5);
    if (client) client.settings = { inlayHints: { enabled: false } };
    await client?.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client?.eventually(cntlm, () => true);
    expect(await ask("inlayHint", cntlm, { range })).toEqual([]);
  });
});
