import { afterEach, describe, expect, it } from "vitest";
import { methods, type ReadEmbeddedResult, type WriteEmbeddedResult } from "../../server/src/protocol.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";
import { LspClient } from "../support/lsp-client.js";
import { hostFiles, hostService, inside, toml } from "../support/navigation.js";

let client: LspClient | undefined;

afterEach(() => client?.process.kill());

describe("JSON of a script over the protocol", () => {
  it("is read at a place, and written back as edits of the file", async () => {
    client = await LspClient.start();
    const { connection } = client;
    const text = hostFiles["etc/gitlab-runner/config.toml"] ?? "";
    await client.open(toml, text);
    const position = inside(hostService(), toml, "httpsProxy");
    const read = await connection.sendRequest<ReadEmbeddedResult>(methods.readEmbedded, { uri: toml, position });
    if ("problem" in read) throw new Error(read.problem);
    const json = read.text.replace("http://172.17.0.1:3128", "http://10.0.0.1:8080");
    const params = { uri: toml, id: read.id, version: read.version, text: json };
    const written = await connection.sendRequest<WriteEmbeddedResult>(methods.writeEmbedded, params);
    if ("problem" in written) throw new Error(written.problem);
    const lines = new LineIndex(text);
    const edits = written.edits.map(({ range, newText }) => ({ span: lines.span(range), newText }));
    expect(applyEdits(text, edits)).toBe(text.replace(/172\.17\.0\.1:3128(?=\\)/, "10.0.0.1:8080"));
    expect(await connection.sendRequest(methods.writeEmbedded, { uri: toml })).toHaveProperty("problem");
  });
});
