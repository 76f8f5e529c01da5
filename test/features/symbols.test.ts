import { describe, expect, it } from "vitest";
import { foldingRanges } from "../../server/src/features/folding.js";
import { documentLinks } from "../../server/src/features/links.js";
import { type DocumentSymbol, documentSymbols } from "../../server/src/features/symbols/symbols.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { ci, cntlm, dropin, hostService, shown, toml } from "../support/navigation.js";

const service = hostService();

function outline(symbols: readonly DocumentSymbol[], indent = ""): string[] {
  return symbols.flatMap(({ name, kind, detail, children }) => [
    `${indent}${kind} ${name}${detail === undefined ? "" : ` (${detail})`}`,
    ...outline(children, `${indent}  `),
  ]);
}

describe("document symbols", () => {
  const at = (uri: string) => outline(documentSymbols(service, uri));

  it("are runners with what they hold", () => {
    expect(at(toml)).toEqual([
      "runner builder (docker)",
      "  section environment",
      "    variable HTTP_PROXY (http://172.17.0.1:3128)",
      "    variable NO_PROXY (localhost,.corp.example)",
      "  script pre_build_script",
      "  section runners.docker",
    ]);
  });

  it("are the pipeline's variables and jobs", () => {
    expect(at(ci)).toEqual([
      "section variables",
      "  variable CORP_PROXY",
      "  variable HTTPS_PROXY ($CORP_PROXY)",
      "job build",
      "  section variables",
      "    variable CORP_PROXY",
      "  script script",
      "job test",
      "  script script",
    ]);
  });

  it("are sections, variables, options and endpoints, without secrets", () => {
    expect(at(dropin)).toEqual([
      "section Service",
      "  variable HTTP_PROXY (http://172.17.0.1:3128/)",
      "  variable HTTPS_PROXY (http://127.0.0.1:3128/)",
    ]);
    expect(at(cntlm)).toEqual([
      "option Username",
      "option Domain (CORP)",
      "option PassNTLMv2",
      "option Proxy (proxy1.corp.example:8080)",
      "option Listen (172.17.0.1:3128)",
    ]);
    const json = serviceOf([
      [
        ".docker/config.json",
        '{"auths":{"r":{"auth":"c2VjcmV0"}},"proxies":{"default":{"httpProxy":"http://me:pw@p:1"}}}',
      ],
    ]);
    expect(outline(documentSymbols(json, uriOf(".docker/config.json")))).toEqual([
      "option auths",
      "section proxies",
      "  endpoint default",
      "    variable httpProxy (http://…@p:1)",
    ]);
  });

  it("have names within their ranges", () => {
    const check = (
      symbols: readonly DocumentSymbol[],
      lines: { span(range: DocumentSymbol["range"]): { start: number; end: number } },
    ) => {
      for (const { range, selectionRange, children } of symbols) {
        const [whole, name] = [lines.span(range), lines.span(selectionRange)];
        expect(whole.start <= name.start && name.end <= whole.end).toBe(true);
        check(children, lines);
      }
    };
    for (const uri of service.uris()) {
      const document = service.document(uri);
      if (document) check(documentSymbols(service, uri), document.lines);
    }
  });
});

describe("folding", () => {
  const at = (uri: string) =>
    foldingRanges(service, uri).map(({ startLine, endLine }) => `${startLine + 1}-${endLine + 1}`);

  it("takes runners, their tables and arrays", () => {
    expect(at(toml)).toEqual(["4-15", "9-11", "14-15"]);
  });

  it("takes jobs and their keys", () => {
    expect(at(ci)).toEqual(["1-3", "4-10", "6-7", "8-10", "11-15", "13-14"]);
  });

  it("takes sections, comments and objects", () => {
    expect(at(dropin)).toEqual(["2-4"]);
    const others = serviceOf([
      ["etc/cntlm.conf", "# a\n# b\n# c\nListen 1\n"],
      ["etc/docker/daemon.json", '{\n  "proxies": {\n    "http-proxy": "http://p:1"\n  }\n}\n'],
    ]);
    const lines = (path: string) =>
      foldingRanges(others, uriOf(path)).map((range) => [range.startLine, range.endLine, range.comment]);
    expect(lines("etc/cntlm.conf")).toEqual([[0, 2, true]]);
    expect(lines("etc/docker/daemon.json")).toEqual([
      [0, 3, false],
      [1, 2, false],
    ]);
  });
});

describe("document links", () => {
  const at = (uri: string) =>
    documentLinks(service, uri).map(({ range, target }) => [
      shown(service, { uri, range }).replace(/^\S+ /, ""),
      target,
    ]);

  it("lead to the host's files and to documentation", () => {
    expect(at(dropin)).toEqual([
      ["/etc/cntlm.conf", cntlm],
      ["Service", expect.stringContaining("systemd.service")],
      ["172.17.0.1:3128", `${cntlm}#L5`],
      ["127.0.0.1:3128", `${cntlm}#L5`],
    ]);
    expect(at(toml).filter(([, target]) => target?.startsWith("http"))).toHaveLength(2);
    expect(at(cntlm)).toEqual([]);
  });

  it("lead to included files that are there", () => {
    const project = serviceOf([
      [".gitlab-ci.yml", "include:\n  - local: /ci/build.gitlab-ci.yml\n  - local: missing.yml\na:\n  script: x\n"],
      ["ci/build.gitlab-ci.yml", "b:\n  script: x\n"],
    ]);
    const uri = uriOf(".gitlab-ci.yml");
    expect(documentLinks(project, uri).map(({ target }) => target)).toEqual([uriOf("ci/build.gitlab-ci.yml")]);
  });
});
