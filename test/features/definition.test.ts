import { describe, expect, it } from "vitest";
import { definition } from "../../server/src/features/definition.js";
import { ci, cntlm, dropin, hostService, inside, shown, toml } from "../support/navigation.js";

describe("definition", () => {
  const service = hostService();
  const at = (uri: string, piece: string, nth = 0) =>
    definition(service, uri, inside(service, uri, piece, nth)).map((found) => shown(service, found));

  it("leads from a variable in a script to the runner's entry that sets it", () => {
    expect(at(toml, "$HTTP_PROXY")).toEqual(["config.toml:10 HTTP_PROXY"]);
  });

  it("takes the job's variable before the pipeline's", () => {
    expect(at(ci, '"$CORP_PROXY"')).toEqual([".gitlab-ci.yml:7 CORP_PROXY"]);
    expect(at(ci, '"$CORP_PROXY"', 1)).toEqual([".gitlab-ci.yml:2 CORP_PROXY"]);
    expect(at(ci, "$CORP_PROXY\n")).toEqual([".gitlab-ci.yml:2 CORP_PROXY"]);
    expect(at(ci, "if: $CORP_PROXY")).toEqual([".gitlab-ci.yml:2 CORP_PROXY"]);
  });

  it("goes on to the runner's environment where the pipeline sets nothing", () => {
    expect(at(ci, "$HTTP_PROXY")).toEqual(["config.toml:10 HTTP_PROXY"]);
  });

  it("finds what the script itself has set before", () => {
    expect(at(ci, "$LOCAL")).toEqual([".gitlab-ci.yml:10 LOCAL"]);
  });

  it("leads from an address to the Listen that serves it, or is meant to", () => {
    expect(at(toml, "172.17.0.1:3128")).toEqual(["cntlm.conf:5 172.17.0.1:3128"]);
    expect(at(dropin, "127.0.0.1:3128")).toEqual(["cntlm.conf:5 172.17.0.1:3128"]);
    expect(at(cntlm, "172.17.0.1:3128")).toEqual(["cntlm.conf:5 172.17.0.1:3128"]);
  });

  it("has nothing to say of other words", () => {
    expect(at(ci, "image")).toEqual([]);
    expect(at(cntlm, "proxy1.corp")).toEqual([]);
  });
});
