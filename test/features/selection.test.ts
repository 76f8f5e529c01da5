import { describe, expect, it } from "vitest";
import { selectionRanges } from "../../server/src/features/selection.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { ci, cntlm, dropin, hostService, inside, toml } from "../support/navigation.js";

describe("selection ranges", () => {
  const service = hostService();
  const at = (uri: string, piece: string, nth = 0) => {
    const text = service.document(uri)?.text ?? "";
    const lines = new LineIndex(text);
    return selectionRanges(service, uri, inside(service, uri, piece, nth)).map((range) => {
      const { start, end } = lines.span(range);
      return text.slice(start, end);
    });
  };

  it("step out through JSON, shell and TOML", () => {
    const found = at(toml, "httpsProxy");
    expect(found.slice(0, 3)).toEqual([
      "httpsProxy",
      String.raw`\\\"httpsProxy\\\"`,
      String.raw`\\\"httpsProxy\\\": \\\"http://172.17.0.1:3128\\\"`,
    ]);
    const starts = found.map((text) => text.slice(0, 12));
    expect(starts).toContain('echo \\"{ \\\\\\');
    expect(starts).toContain("mkdir -p $HO");
    expect(starts).toContain('"mkdir -p $H');
    expect(starts).toContain("pre_build_sc");
    expect(starts).toContain("[[runners]]\n");
    expect(found.at(-1)).toBe(service.document(toml)?.text);
  });

  it("step out of an address", () => {
    expect(at(toml, "172.17.0.1").slice(0, 5)).toEqual([
      "172.17.0.1",
      "172.17.0.1:3128",
      "http://172.17.0.1:3128",
      "HTTP_PROXY=http://172.17.0.1:3128",
      '"HTTP_PROXY=http://172.17.0.1:3128"',
    ]);
  });

  it("step out of an entry of a bypass list", () => {
    expect(at(toml, ".corp.example").slice(0, 2)).toEqual([".corp.example", "localhost,.corp.example"]);
  });

  it("know the other formats", () => {
    expect(at(cntlm, "3128")).toEqual([
      "3128",
      "172.17.0.1:3128",
      "Listen 172.17.0.1:3128",
      "Listen 172.17.0.1:3128\n",
      service.document(cntlm)?.text,
    ]);
    expect(at(dropin, "172.17").slice(0, 4)).toEqual([
      "172.17.0.1",
      "172.17.0.1:3128",
      "http://172.17.0.1:3128/",
      "HTTP_PROXY=http://172.17.0.1:3128/",
    ]);
    expect(at(ci, "LOCAL=1").slice(0, 2)).toEqual(["LOCAL", "LOCAL=1"]);
  });
});
