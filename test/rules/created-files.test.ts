import { expect, test } from "vitest";
import type { Fix } from "../../server/src/service.js";
import { serviceOf, uriOf } from "../support/engine.js";

const dropin = "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf";
const config = `[[runners]]
  url = "https://gitlab.com/"
  executor = "docker"
  environment = ["https_proxy=http://ci:p%40x@proxy.corp-uk.lan:8080", "no_proxy=localhost,.corp-uk.lan"]
`;

/** The fix of a rule's finding in a document. */
function fixOf(files: Readonly<Record<string, string>>, path: string, rule: string): Fix | undefined {
  const service = serviceOf(Object.entries(files));
  return service.findings(uriOf(path)).find((finding) => finding.rule === rule)?.fix;
}

test("a drop-in for docker is made with the runner's values, quoted for systemd, and settles the finding", () => {
  const files = {
    "hosts/a%20b/etc/gitlab-runner/config.toml": config,
    [`hosts/a%20b/${dropin}`]: '[Service]\nEnvironment="HTTPS_PROXY=http://ci:p%%40x@proxy.corp-uk.lan:8080"\n',
  };
  const rule = "chain-hop-missing";
  const fix = fixOf(files, `hosts/a%20b/${dropin}`, rule);
  const uri = uriOf("hosts/a%20b/etc/systemd/system/docker.service.d/http-proxy.conf");
  expect(fix).toMatchObject({ creates: uri, safe: false });
  expect(fix?.edits).toHaveLength(1);
  const [edit] = fix?.edits ?? [];
  expect(edit).toMatchObject({ uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
  expect(edit?.newText).toContain('Environment="HTTP_PROXY=http://ci:p%%40x@proxy.corp-uk.lan:8080"\n');
  const service = serviceOf(Object.entries(files));
  service.setDocument(uri, edit?.newText ?? "");
  expect(
    service
      .uris()
      .flatMap((one) => service.findings(one))
      .filter((finding) => finding.rule === rule),
  ).toEqual([]);
});

test("no file is made over one that is there", () => {
  const files = {
    "etc/cntlm.conf": "Proxy 10.44.0.2:8080\nListen 172.17.0.1:3128\n",
    [dropin]: '[Service]\nEnvironment="HTTPS_PROXY=http://172.17.0.1:3128"\n',
  };
  const rule = "chain-boot-order";
  const uri = uriOf("etc/systemd/system/cntlm.service.d/after-docker.conf");
  const fix = fixOf(files, "etc/cntlm.conf", rule);
  expect(fix).toMatchObject({
    creates: uri,
    edits: [{ uri, newText: expect.stringContaining("After=docker.service") }],
  });
  const there = { ...files, "etc/systemd/system/cntlm.service.d/after-docker.conf": "[Service]\nNice=5\n" };
  expect(fixOf(there, "etc/cntlm.conf", rule)).toBeUndefined();
  const service = serviceOf(Object.entries(files));
  service.setDocument(uri, fix?.edits[0]?.newText ?? "");
  expect(service.findings(uriOf("etc/cntlm.conf")).filter((finding) => finding.rule === rule)).toEqual([]);
});
