import { describe, expect, it } from "vitest";
import { disableInFile, disableNextLine } from "../../server/src/features/disable-comment.js";
import { disableInSettings } from "../../server/src/features/disable-setting.js";
import { fixAll } from "../../server/src/features/fix-all.js";
import { createService, type FileEdit, type Finding, type Service } from "../../server/src/service.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";

const uri = "file:///etc/gitlab-runner/config.toml";
const two = `[[runners]]
  executor = "docker"
  environment = ["HTTP_PROXY=http://172.17.0.1:3128"]
[[runners]]
  executor = "docker"
  environment = ["HTTP_PROXY=http://172.17.0.1:3128"]
  pre_build_script = """
  echo begin
  git config --global https.proxy "$HTTP_PROXY"
  """
`;

function serviceOf(text: string, of = uri): Service {
  const service = createService();
  service.setDocument(of, text);
  return service;
}

function apply(text: string, edits: readonly FileEdit[] = []): string {
  const lines = new LineIndex(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ span: lines.span(range), newText })),
  );
}

function found(service: Service, rule: string): Finding {
  const finding = service.findings(uri).find((other) => other.rule === rule);
  if (!finding) throw new Error(`no ${rule}`);
  return finding;
}

describe("fix all", () => {
  it("comes to an end where no safe fix is left", () => {
    const service = serviceOf(two);
    const mended = fixAll(service.fork(), [uri]).texts.get(uri) ?? "";
    expect(mended.match(/HTTPS_PROXY=/g)).toHaveLength(2);
    const after = serviceOf(mended);
    expect(after.findings(uri).filter(({ fix }) => fix?.safe)).toEqual([]);
    expect(fixAll(after, [uri]).texts.size).toBe(0);
  });

  it("leaves the service alone that it is a fork of", () => {
    const service = serviceOf(two);
    fixAll(service.fork(), [uri]);
    expect(service.document(uri)?.text).toBe(two);
  });

  it("applies the fixes that are wanted and no others", () => {
    const service = serviceOf(two);
    const mended = fixAll(service.fork(), [uri], ({ rule }) => rule === "proxy-pair-missing").texts.get(uri) ?? "";
    expect(mended).toContain("HTTPS_PROXY=");
    expect(mended).not.toContain("http_proxy=");
  });

  const job = (variables: string) => `build:
  image: docker:27
  services: ["docker:27-dind"]
  variables: {HTTP_PROXY: "http://10.0.3.9:8080", HTTPS_PROXY: "http://10.0.3.9:8080", ${variables}}
  script: [docker build .]
`;

  it.each([
    ["a list that is also added to", job('NO_PROXY: "docker:2375"')],
    ["the same without quotes", job("NO_PROXY: docker")],
    ["two names that are the same name's slips", job("NO_PROXYS: docker, NO_PROXIES: localhost")],
    ["a slip beside the right name", job("NO_PROXYS: docker, NO_PROXY: docker")],
    ["a slip beside another list of the other letter case", job("NO_PROXYS: docker, no_proxy: localhost")],
    [
      "assignments with commas between them",
      '[[runners]]\n  executor = "docker"\n  environment = ["HTTP_PROXY=http://a.lan:1,HTTPS_PROXY=http://a.lan:1,NO_PROXY=b"]\n',
    ],
  ])("brings no new warning: %s", (_, text) => {
    const of = text.startsWith("[") ? uri : "file:///.gitlab-ci.yml";
    const service = serviceOf(text, of);
    const rulesOf = () => new Set(service.findings(of).map(({ rule }) => rule));
    const before = rulesOf();
    fixAll(service, [of]);
    const after = [...rulesOf()];
    expect(after.filter((rule) => !before.has(rule))).toEqual([]);
    expect(service.findings(of).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("changes no document that it was not given", () => {
    expect(fixAll(serviceOf(two), []).texts.size).toBe(0);
    expect(fixAll(serviceOf(two), ["file:///unknown"]).texts.size).toBe(0);
  });
});

describe("a rule is silenced", () => {
  it("for a line by a comment above it, as far indented as the line", () => {
    const service = serviceOf(two);
    const document = service.document(uri);
    const finding = found(service, "proxy-pair-missing");
    const silent = apply(two, document && disableNextLine(document, finding));
    expect(silent).toContain("\n  # runner-proxy-disable-next-line proxy-pair-missing\n  environment");
    const left = serviceOf(silent).findings(uri);
    expect(left.filter(({ rule }) => rule === "proxy-pair-missing")).toHaveLength(1);
  });

  it("for the file by a comment at its top, with the file's line ending", () => {
    const text = two.replaceAll("\n", "\r\n");
    const service = serviceOf(text);
    const document = service.document(uri);
    const silent = apply(text, document && disableInFile(document, found(service, "proxy-pair-missing")));
    expect(silent).toMatch(/^# runner-proxy-disable proxy-pair-missing\r\n\[\[runners\]\]/);
    expect(
      serviceOf(silent)
        .findings(uri)
        .map(({ rule }) => rule),
    ).not.toContain("proxy-pair-missing");
  });

  it("never by a comment that would become part of a value", () => {
    const service = serviceOf(two);
    const document = service.document(uri);
    const start = new LineIndex(two).position(two.indexOf("git config"));
    const finding = { ...found(service, "proxy-pair-missing"), range: { start, end: start } };
    expect(document && disableNextLine(document, finding)).toBeUndefined();
  });

  it("never by a comment in a format without comments", () => {
    const json = "file:///root/.docker/config.json";
    const document = serviceOf('{ "proxies": {} }', json).document(json);
    const finding = found(serviceOf(two), "proxy-pair-missing");
    expect(document && disableInFile(document, finding)).toBeUndefined();
  });
});

describe("the settings that silence a rule", () => {
  const config = "file:///.runner-proxy.json";

  it("are made where there are none", () => {
    const made = disableInSettings({ uri: config, text: undefined }, "a-rule");
    expect(made?.creates).toBe(config);
    expect(JSON.parse(apply("", made?.edits))).toEqual({ rules: { "a-rule": "off" } });
  });

  it("keep what is there, comments and line endings too", () => {
    const text =
      '{\r\n  // why\r\n  "docker0Address": "172.18.0.1",\r\n  "rules": {\r\n    "b-rule": "hint"\r\n  }\r\n}\r\n';
    const after = apply(text, disableInSettings({ uri: config, text }, "a-rule")?.edits);
    expect(after).toContain("// why");
    expect(after).toContain('"b-rule": "hint",\r\n    "a-rule": "off"');
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
    expect(
      apply(
        '{ "rules": { "a-rule": "error" } }',
        disableInSettings({ uri: config, text: '{ "rules": { "a-rule": "error" } }' }, "a-rule")?.edits,
      ),
    ).toBe('{ "rules": { "a-rule": "off" } }');
  });

  it("are left alone where they cannot be read", () => {
    for (const text of ["{", "[]", '{ "rules": [] }', "nonsense"]) {
      expect(disableInSettings({ uri: config, text }, "a-rule")).toBeUndefined();
    }
  });
});
