import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isCandidate } from "../../server/src/features/candidates.js";
import { formatIds } from "../../server/src/formats/format.js";
import { documentPatterns } from "../../server/src/protocol.js";
import { severities } from "../../server/src/rules/finding.js";
import { defaultOptions } from "../../server/src/service.js";
import { globMatches } from "../../server/src/text/glob.js";

const root = new URL("../..", import.meta.url).pathname;
const text = readFileSync(join(root, "package.json"), "utf8");
const { contributes, activationEvents } = JSON.parse(text);
const properties = contributes.configuration.properties;

describe("the manifest", () => {
  it("has a text in both languages for every key, and none else", () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]).sort();
    for (const file of ["package.nls.json", "package.nls.zh-cn.json"]) {
      const texts: Record<string, string> = JSON.parse(readFileSync(join(root, file), "utf8"));
      expect(Object.keys(texts).sort()).toEqual(used);
      expect(Object.values(texts)).not.toContain("");
    }
  });

  it("contributes the commands that the client registers", () => {
    const source = readFileSync(join(root, "client/src/commands/index.ts"), "utf8");
    const registered = [...source.matchAll(/registerCommand\("([\w.]+)"/g)].map((match) => match[1]);
    expect(contributes.commands.map(({ command }: { command: string }) => command)).toEqual(registered);
  });

  it("contributes the settings with the defaults that the engine has", () => {
    expect(Object.keys(properties)).toEqual(
      [
        "docker0Address",
        "internalDomains",
        "runnerVersion",
        "rules",
        "files",
        "inlayHints.enabled",
        "trace.server",
      ].map((name) => `runnerProxy.${name}`),
    );
    expect(properties["runnerProxy.docker0Address"].default).toBe(defaultOptions.docker0Address);
    expect(properties["runnerProxy.rules"].additionalProperties.enum).toEqual([...severities, "off"]);
    expect(properties["runnerProxy.files"].additionalProperties.enum).toEqual([...formatIds, "none"]);
  });

  it("names files that are there", () => {
    const { languages, grammars, snippets } = contributes;
    for (const { configuration } of languages)
      if (configuration) expect(existsSync(join(root, configuration))).toBe(true);
    for (const { path } of [...grammars, ...snippets]) expect(existsSync(join(root, path))).toBe(true);
    expect(readdirSync(join(root, "snippets")).sort()).toEqual(formatIds.map((id) => `${id}.json`).sort());
  });

  it("leaves the languages of others alone: it names those that snippets are for, and no files of theirs", () => {
    const claims = contributes.languages.filter(
      (language: object) => "filenames" in language || "extensions" in language,
    );
    expect(
      claims.map(({ id, filenames, extensions }: Record<string, unknown>) => ({ id, filenames, extensions })),
    ).toEqual([
      { id: "cntlm", filenames: ["cntlm.conf", "cntlm.ini"] },
      { id: "jsonc", filenames: [".runner-proxy.json"] },
    ]);
    expect(contributes.configurationDefaults).toBeUndefined();
  });

  it("is loaded for documents alone, never at the start", () => {
    expect(activationEvents.filter((event: string) => !/^on(?:Language|FileSystem):/.test(event))).toEqual([]);
  });
});

describe("the patterns of documents", () => {
  it.each([
    "etc/gitlab-runner/config.toml",
    "runner/config.toml",
    "home/x/.gitlab-runner/config.toml",
    "etc/cntlm.conf",
    "cntlm.ini",
    "etc/systemd/system/docker.service.d/http-proxy.conf",
    "etc/systemd/system/gitlab-runner.service",
    "etc/default/proxy",
    "etc/sysconfig/gitlab-runner",
    "etc/environment",
    "hosts/a/etc/gitlab-runner/proxy.env",
    "root/.docker/config.json",
    "etc/docker/daemon.json",
    ".gitlab-ci.yml",
    "templates/build.gitlab-ci.yml",
  ])("send %s to the server, which takes it for one of its files", (path) => {
    expect(documentPatterns.some((pattern) => globMatches(pattern, `/w/${path}`))).toBe(true);
    expect(isCandidate(`file:///w/${path}`, defaultOptions)).toBe(true);
  });

  it.each([
    "pyproject.toml",
    "Cargo.toml",
    "package.json",
    "tsconfig.json",
    "docker-compose.yml",
    "README.md",
    "main.rs",
    "app/.env",
    "src/default/main.ts",
  ])("leave %s alone", (path) => {
    expect(documentPatterns.some((pattern) => globMatches(pattern, `/w/${path}`))).toBe(false);
  });
});
