import { describe, expect, it } from "vitest";
import { inlayHints } from "../../server/src/features/inlay-hints.js";
import { semanticTokens } from "../../server/src/features/semantic-tokens.js";
import { everywhere } from "../support/lsp-client.js";
import { ci, cntlm, dropin, hostService, shown, toml } from "../support/navigation.js";

const service = hostService();

describe("inlay hints", () => {
  const at = (uri: string) =>
    inlayHints(service, uri, everywhere).map(({ position, label }) => `${position.line + 1} ${label}`);

  it("say what the addresses of this host are", () => {
    expect(at(cntlm)).toEqual(["5 docker0"]);
    expect(at(dropin)).toEqual(["3 cntlm → proxy1.corp.example:8080", "4 cntlm → proxy1.corp.example:8080"]);
  });

  it("are given for the lines that are shown", () => {
    const start = { line: 2, character: 0 };
    expect(inlayHints(service, dropin, { start, end: { line: 3, character: 0 } })).toHaveLength(1);
  });
});

describe("semantic tokens", () => {
  it("tell programs, variables and keys inside of strings", () => {
    const at = (uri: string) =>
      semanticTokens(service, uri).map(
        ({ range, type }) => `${type} ${shown(service, { uri, range }).replace(/^\S+ /, "")}`,
      );
    expect(at(toml)).toEqual([
      "function mkdir",
      "variable $HOME",
      "function echo",
      "property proxies",
      "property default",
      "property httpProxy",
      "variable $HTTP_PROXY",
      "property httpsProxy",
      "variable $HOME",
    ]);
    expect(at(ci)).toContain("function curl");
  });
});
