import { describe, expect, it } from "vitest";
import { inlayHints } from "../../server/src/features/inlay-hints/inlay-hints.js";
import { semanticTokens } from "../../server/src/features/semantic-tokens.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { everywhere } from "../support/lsp-client.js";
import { ci, cntlm, dropin, hostService, shown, toml } from "../support/navigation.js";

const service = hostService();

describe("inlay hints", () => {
  const at = (uri: string) =>
    inlayHints(service, uri, everywhere, english).map(({ position, label }) => `${position.line + 1} ${label}`);

  it("say what the addresses of this host are", () => {
    expect(at(cntlm)).toEqual(["5 docker0"]);
    expect(at(dropin)).toEqual(["3 cntlm → proxy1.corp.example:8080", "4 cntlm → proxy1.corp.example:8080"]);
  });

  it("are given for the lines that are shown", () => {
    const start = { line: 2, character: 0 };
    expect(inlayHints(service, dropin, { start, end: { line: 3, character: 0 } }, english)).toHaveLength(1);
  });
});

describe("inlay hints at entries of bypass lists", () => {
  /** The list with the hints behind their entries. */
  const hinted = (path: string, text: string) => {
    const service = serviceOf([[path, text]]);
    const document = service.document(uriOf(path));
    const hints = inlayHints(service, uriOf(path), everywhere, english);
    const at = hints.map(({ position, label }) => ({ offset: document?.lines.offset(position) ?? 0, label }));
    return at
      .toSorted((a, b) => b.offset - a.offset)
      .reduce((shown, { offset, label }) => {
        return `${shown.slice(0, offset)}⟨${label}⟩${shown.slice(offset)}`;
      }, text);
  };
  const runner = (entry: string) =>
    `[[runners]]\nexecutor = "docker"\nenvironment = ["${entry}"]\n[runners.docker]\nimage = "a"\n`;
  const inJob = (entry: string) =>
    /environment = \["(.*)"\]/.exec(hinted("etc/gitlab-runner/config.toml", runner(entry)))?.[1];

  it("name those that read an entry otherwise", () => {
    expect(inJob("no_proxy=localhost,10.0.0.0/8,corp.example,.corp.example,*.corp.example,host:8080")).toBe(
      "no_proxy=localhost,10.0.0.0/8⟨not wget, Python urllib, undici, proxy-from-env⟩,corp.example," +
        ".corp.example⟨corp.example itself: not wget, Go, Ruby, proxy-from-env⟩,*.corp.example⟨only Go, undici, proxy-from-env⟩,host:8080⟨not curl, wget, git⟩",
    );
  });

  it("leave out programs that do not read the variable", () => {
    expect(inJob("NO_PROXY=10.0.0.0/8")).toBe("NO_PROXY=10.0.0.0/8⟨not Python urllib, undici, proxy-from-env⟩");
  });

  it("say nothing where one program reads the list, and nothing twice", () => {
    const unit = '[Service]\nEnvironment="NO_PROXY=10.0.0.0/8,*.corp.example"\n';
    const path = "etc/systemd/system/docker.service.d/http-proxy.conf";
    expect(hinted(path, unit)).toBe(unit);
    expect(inJob('NO_PROXY=*.corp.example", "No_Proxy=*.corp.example')?.match(/⟨/g)).toHaveLength(1);
    expect(inJob("NO_PROXY=$LIST,{{ hosts }},a;b,http://c/")).not.toContain("⟨");
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
