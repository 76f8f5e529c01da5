import { describe, expect, it } from "vitest";
import { highlights } from "../../server/src/features/highlights.js";
import { references } from "../../server/src/features/references.js";
import { ci, cntlm, hostService, inside, shown, toml } from "../support/navigation.js";

const service = hostService();

describe("references", () => {
  const at = (uri: string, piece: string, declarations = true) =>
    references(service, uri, inside(service, uri, piece), declarations).map((found) => shown(service, found));

  it("finds every address of a proxy of the host, by whichever name, in whatever quoting", () => {
    expect(at(cntlm, "172.17.0.1:3128").sort()).toEqual([
      ".gitlab-ci.yml:2 172.17.0.1:3128",
      ".gitlab-ci.yml:7 172.17.0.1:3128",
      "cntlm.conf:5 172.17.0.1:3128",
      "config.toml:10 172.17.0.1:3128",
      "config.toml:13 172.17.0.1:3128",
      "http-proxy.conf:3 172.17.0.1:3128",
      "http-proxy.conf:4 127.0.0.1:3128",
    ]);
    expect(at(cntlm, "172.17.0.1:3128", false)).not.toContain("cntlm.conf:5 172.17.0.1:3128");
  });

  it("finds a variable of the jobs in both files, and leaves that of a unit alone", () => {
    expect(at(toml, "HTTP_PROXY=")).toEqual([
      "config.toml:10 HTTP_PROXY",
      "config.toml:13 HTTP_PROXY",
      ".gitlab-ci.yml:9 HTTP_PROXY",
    ]);
  });
});

describe("highlights", () => {
  it("tell the places that set a variable from those that use it", () => {
    const found = highlights(service, ci, inside(service, ci, '"$CORP_PROXY"'));
    expect(found.map(({ range, writes }) => `${range.start.line + 1} ${writes}`)).toEqual([
      "2 true",
      "3 false",
      "7 true",
      "9 false",
      "14 false",
      "15 false",
    ]);
  });
});
