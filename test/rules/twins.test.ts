import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createService, defaultOptions, type Finding } from "../../server/src/service.js";
import { type FixtureCase, readFixture } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);
const cases = readdirSync(folder).flatMap((name) => [...readFixture(new URL(name, folder))]);

/** The files of a fixture on as many hosts. */
function hosts({ files, options }: FixtureCase, roots: readonly string[]) {
  const service = createService({ ...defaultOptions, ...options });
  for (const root of roots) for (const { path, text } of files) service.setDocument(`${root}${path}`, text);
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
  const text = 'concurrent = 1\n[[runners]]\nenvironment = ["http_proxy=10.0.0.1:3128"]\n';
  const uris = ["a", "b", "c"].map((host) => `file:///hosts/${host}/etc/gitlab-runner/config.toml`);
  for (const [i, uri] of uris.entries()) service.setDocument(uri, i < 2 ? text : `${text}# another\n`);
  const [first = [], second = [], third = []] = uris.map((uri) => service.findings(uri));
  expect(first.length).toBeGreaterThan(0);
  const ranges = (findings: readonly Finding[]) => findings.map(({ range }) => range);
  // The very same objects: nothing was made anew.
  for (const [i, range] of ranges(second).entries()) expect(range).toBe(first[i]?.range);
  for (const [i, range] of ranges(third).entries()) expect(range).not.toBe(first[i]?.range);
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
