import { describe, expect, it } from "vitest";
import { type DindTarget, generateDindScript } from "../../server/src/generate/dind-script.js";
import { mergeScript } from "../../server/src/generate/merge-script.js";
import { scriptLines } from "../../server/src/generate/script-quoting.js";
import { generateSnippet, type SnippetId } from "../../server/src/generate/snippets.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";

const places: readonly (readonly [SnippetId, string, (block: string) => string])[] = [
  ["cntlm", "etc/cntlm.conf", (block) => block],
  ["docker-dropin", "etc/systemd/system/docker.service.d/http-proxy.conf", (block) => block],
  ["docker-dropin-addresses", "etc/systemd/system/docker.service.d/http-proxy.conf", (block) => block],
  ["runner-dropin-addresses", "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf", (block) => block],
  ["runner-dropin", "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf", (block) => block],
  [
    "runner-config",
    "etc/gitlab-runner/config.toml",
    (block) => `[[runners]]\nname = "a"\nexecutor = "docker"\n${block}`,
  ],
  ["docker-config", "root/.docker/config.json", (block) => block],
  ["daemon", "etc/docker/daemon.json", (block) => block],
  ["before-script", ".gitlab-ci.yml", (block) => `${block}build:\n  script: docker build .\n`],
  ["dind-service", ".gitlab-ci.yml", (block) => `${block}build:\n  script: docker build .\n`],
];

/** What the example account of cntlm.conf is told of: its password in clear. */
const expected: Partial<Record<SnippetId, readonly string[]>> = { cntlm: ["cntlm-plaintext-password"] };

function findings(path: string, text: string): readonly string[] {
  const service = serviceOf([[path, text]]);
  expect(service.document(uriOf(path))).toBeDefined();
  return service.findings(uriOf(path)).map(({ rule }) => rule);
}

describe("what is generated raises no finding", () => {
  it.each(places)("%s", (id, path, inFile) => {
    for (const given of [
      {},
      { httpProxy: "http://proxy.corp.internal:8080", httpsProxy: "http://proxy.corp.internal:8080" },
    ]) {
      const made = generateSnippet(id, given, "172.17.0.1");
      if ("problem" in made) throw new Error(english(made.problem));
      const unexpected = findings(path, inFile(made.text)).filter((rule) => !expected[id]?.includes(rule));
      expect(unexpected).toEqual([]);
    }
  });

  const environment = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map(
    (name) => `"${name}=http://p.corp:1"`,
  );
  const lists = ["NO_PROXY", "no_proxy"].map((name) => `"${name}=localhost,127.0.0.1,docker"`);
  const head = `[[runners]]\nname = "a"\nexecutor = "docker"\nenvironment = [${[...environment, ...lists].join(", ")}]\n`;
  const files: readonly (readonly [DindTarget, string, string])[] = [
    ["config.toml", "etc/gitlab-runner/config.toml", head],
    [".gitlab-ci.yml", ".gitlab-ci.yml", "build:\n  script: docker build .\n"],
  ];

  it.each(files)("the script in %s", (target, path, before) => {
    for (const values of [{}, { httpProxy: 'http://u:p"$x`@h:1', noProxy: "a,b" }, { keepAuths: true }]) {
      const made = generateDindScript({ target, ...values });
      if ("problem" in made) throw new Error(english(made.problem));
      for (const script of [made.script, mergeScript("date", made, "posix")]) {
        expect(findings(path, `${before}${scriptLines(script, target)}`)).toEqual([]);
      }
    }
  });
});
