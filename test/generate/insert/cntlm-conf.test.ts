import { describe, expect, it } from "vitest";
import { snippet } from "./insertions.js";

describe("cntlm.conf", () => {
  it("gets the options that it lacks", () => {
    const after = snippet(
      "cntlm",
      "cntlm",
      "Username a\nPassNTLMv2 0123456789ABCDEF0123456789ABCDEF\nProxy p:8080\nListen 3128",
    );
    expect(after).toMatch(
      /^Username a\nPassNTLMv2 .*\nProxy p:8080\nListen 3128\n\nDomain +corp-uk\nNoProxy .*\n# .*\nListen +172\.17\.0\.1:3128\n$/,
    );
    expect(snippet("cntlm", "cntlm", after)).toBe("problem: The file holds all of this already.");
  });
});

describe("a last line of cntlm.conf that does not end", () => {
  it("counts, since lines follow it", () => {
    const after = snippet("cntlm", "cntlm", "Domain d\nUsername a");
    expect(after).toMatch(/^Domain d\nUsername a\n\n# /);
    expect(after.match(/^Username/gm)).toHaveLength(1);
    expect(snippet("cntlm", "cntlm", after)).toBe("problem: The file holds all of this already.");
  });
});
