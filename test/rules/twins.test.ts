import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createService, defaultOptions, type Finding } from "../../server/src/service.js";
import { type FixtureCase, readFixture } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);
const cases = readdirSync(folder).flatMap((name) => [...readFixture(new URL(name, folder))]);

/** Names, tokens and comments as another host has them. */
function renamed(text: string): string {
  return text
    .replace(/^([ \t]*#)(?!.*runner-proxy)[\w ,:()-]*$/gm, "$1 said at greater length, as it is there")
    .replace(/^(;)[\w ,:()-]*$/gm, "$1 said otherwise")
    .replace(/^([ \t]*(?:name|token)[ \t]*=[ \t]*")[\w. -]+(?="[ \t]*$)/gm, "$1another one of them")
    .replace(/^([ \t]*id[ \t]*=[ \t]*)\d+$/gm, "$14711");
}

/** The files of a fixture on as many hosts; those of the first host with names of its own. */
function hosts({ files, options }: FixtureCase, roots: readonly string[]) {
  const service = createService({ ...defaultOptions, ...options });
  for (const [i, root] of roots.entries()) {
    for (const { path, text } of files) {
      service.setDocument(`${root}${path}`, i === 0 && roots.length > 1 ? renamed(text) : text);
    }
  }
  const findings = (root: string) => files.flatMap(({ path }) => service.findings(`${root}${path}`));
  return { service, findings };
}

function told({ rule, severity, message, uri, range, docs, related, unnecessary, mendable }: Finding): unknown {
  return { rule, severity, message, uri, range, docs, related, unnecessary, mendable };
}

function withFixes(finding: Finding): unknown {
  const { fix, alternatives } = finding;
  return [told(finding), fix, alternatives];
}

const [a, b] = ["file:///hosts/a/", "file:///hosts/another/"] as const;

test.each([false, true])("a host like another has the findings that it would have alone; asked before: %s", (asked) => {
  let related = 0;
  for (const fixture of cases) {
    const alone = hosts(fixture, [b]).findings(b);
    const { findings } = hosts(fixture, [a, b]);
    const first = findings(a);
    if (asked) for (const finding of first) expect(typeof finding.mendable).toBe("boolean");
    expect(findings(b).map(told)).toEqual(alone.map(told));
    expect(findings(b).map(withFixes)).toEqual(alone.map(withFixes));
    related += alone.filter((finding) => finding.related).length;
  }
  expect(related).toBeGreaterThan(20);
});

test("what is found once is not looked for again on the next host", () => {
  const service = createService();
  const text = 'concurrent = 1\n[[runners]]\nname = "a"\nid = 1\nenvironment = ["http_proxy=10.0.0.1:3128"]\n';
  const uris = ["a", "b", "c", "d"].map((host) => `file:///hosts/${host}/etc/gitlab-runner/config.toml`);
  const texts = [text, text, text.replace('"a"', '"another name"').replace("id = 1", "id = 22"), `${text}# another\n`];
  for (const [i, uri] of uris.entries()) service.setDocument(uri, texts[i] ?? "");
  const [first = [], second = [], third = [], fourth = []] = uris.map((uri) => service.findings(uri));
  expect(first.length).toBeGreaterThan(0);
  const ranges = (findings: readonly Finding[]) => findings.map(({ range }) => range);
  // The very same objects: nothing was made anew.
  expect(ranges(second).every((range, i) => range === first[i]?.range)).toBe(true);
  expect(ranges(third).every((range, i) => range === first[i]?.range)).toBe(true);
  expect(ranges(fourth).some((range, i) => range === first[i]?.range)).toBe(false);
});

test("another file on the host is taken into account", () => {
  const text = "[Service]\nEnvironment=HTTP_PROXY=http://172.17.0.1:3128\n";
  const service = createService();
  for (const host of ["a", "b"]) {
    for (const unit of ["docker", "gitlab-runner"]) {
      service.setDocument(`file:///hosts/${host}/etc/systemd/system/${unit}.service.d/http-proxy.conf`, text);
    }
  }
  const uri = (host: string) => `file:///hosts/${host}/etc/systemd/system/docker.service.d/http-proxy.conf`;
  const before = service.findings(uri("a")).map(told);
  service.setDocument("file:///hosts/b/etc/cntlm.conf", "Listen 172.17.0.1:3129\n");
  expect(service.findings(uri("b")).length).toBeGreaterThan(before.length);
  expect(service.findings(uri("a")).map(told)).toEqual(before);
});
