import { describe, expect, it } from "vitest";
import { completion } from "../../server/src/features/completion/completion.js";
import { createService } from "../../server/src/service.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";

/** What is offered at `|`, and what the text becomes when an offer is taken. */
function complete(path: string, marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const uri = `file:///${path}`;
  const service = createService();
  service.setDocument(uri, text);
  const lines = new LineIndex(text);
  const offers = completion(service, uri, lines.position(offset));
  return {
    labels: offers.map(({ label }) => label),
    take(label: string) {
      const offer = offers.find((other) => other.label === label);
      return offer && applyEdits(text, [{ span: lines.span(offer.range), newText: offer.newText }]);
    },
  };
}

const config = "etc/gitlab-runner/config.toml";

describe("config.toml", () => {
  it("offers the keys of the table that the line belongs to, without those that are there", () => {
    const { labels, take } = complete(
      config,
      '[[runners]]\n  executor = "docker"\n  env|\n[runners.docker]\n  image = "a"\n',
    );
    expect(labels).toContain("environment");
    expect(labels).not.toContain("executor");
    expect(labels).not.toContain("privileged");
    expect(take("environment")).toContain("\n  environment = \n");
    expect(complete(config, '[[runners]]\n[runners.docker]\n  image = "a"\n  |\n').labels).toContain("privileged");
  });

  it("offers the variables that environment lacks, in both letter cases", () => {
    const { labels, take } = complete(config, '[[runners]]\n  environment = ["HTTP_PROXY=http://a:1", "H|"]\n');
    expect(labels).toEqual(["HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]);
    expect(take("HTTPS_PROXY")).toContain('"HTTPS_PROXY="]');
  });

  it("offers nothing in values and in strings that run over several lines", () => {
    expect(complete(config, '[[runners]]\n  name = "H|"\n').labels).toEqual([]);
    expect(complete(config, '[[runners]]\n  pre_build_script = """\n  en|\n"""\n').labels).toEqual([]);
  });
});

describe("cntlm.conf", () => {
  it("offers options at the beginning of a line, those that count once once", () => {
    const { labels, take } = complete("etc/cntlm.conf", "Username me\nProxy a:1\n|");
    expect(labels).toEqual(expect.arrayContaining(["Listen", "Proxy", "Domain"]));
    expect(labels).not.toContain("Username");
    expect(take("Listen")).toBe("Username me\nProxy a:1\nListen ");
    expect(complete("etc/cntlm.conf", "Listen |").labels).toEqual([]);
  });
});

describe("a drop-in", () => {
  const dropin = "etc/systemd/system/docker.service.d/http-proxy.conf";

  it("offers the variables in Environment= and the key at the beginning of a line", () => {
    const { labels, take } = complete(dropin, '[Service]\nEnvironment="HTTP_PROXY=http://a:1" "HT|"\n');
    expect(labels).toEqual(["HTTPS_PROXY", "NO_PROXY"]);
    expect(take("NO_PROXY")).toContain('"NO_PROXY="');
    expect(complete(dropin, "[Service]\nEnv|").labels).toEqual(["Environment", "EnvironmentFile"]);
  });
});

describe("Docker's files", () => {
  it("have keys of their own for proxies", () => {
    const client = '{ "proxies": { "default": { "httpProxy": "http://a:1",\n  |\n} } }';
    const { labels, take } = complete("root/.docker/config.json", client);
    expect(labels).toEqual(["httpsProxy", "noProxy", "ftpProxy", "allProxy"]);
    expect(take("noProxy")).toContain('\n  "noProxy": \n');
    expect(complete("root/.docker/config.json", client.replace("|", '"no|"')).take("noProxy")).toContain(
      '\n  "noProxy": \n',
    );
    expect(complete("etc/docker/daemon.json", '{ "proxies": {\n  |\n} }').labels).toContain("https-proxy");
    expect(complete("root/.docker/config.json", '{\n  |\n "proxies": {} }').labels).toEqual([]);
  });
});

describe(".gitlab-ci.yml", () => {
  it("offers variables below variables:, global or of a job", () => {
    const { labels, take } = complete(".gitlab-ci.yml", "variables:\n  HTTP_PROXY: http://a:1\n  h|\n");
    expect(labels).toContain("https_proxy");
    expect(labels).not.toContain("HTTP_PROXY");
    expect(take("https_proxy")).toBe("variables:\n  HTTP_PROXY: http://a:1\n  https_proxy: \n");
    expect(complete(".gitlab-ci.yml", "job:\n  variables:\n    A: b\n    |\n  script: a\n").labels).toContain(
      "NO_PROXY",
    );
    expect(complete(".gitlab-ci.yml", "job:\n  script:\n    |\n").labels).toEqual([]);
  });
});

it("nothing is offered in other files and outside the text", () => {
  expect(completion(createService(), "file:///none", { line: 3, character: 3 })).toEqual([]);
  const service = createService();
  service.setDocument("file:///etc/cntlm.conf", "");
  expect(completion(service, "file:///etc/cntlm.conf", { line: 99, character: 99 }).length).toBeGreaterThan(0);
});
