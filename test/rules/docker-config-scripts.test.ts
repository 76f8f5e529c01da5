import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyFixes, serviceOf, uriOf } from "../support/engine.js";
import { type FixtureCase, readFixture } from "../support/fixture.js";
import { needs } from "../support/programs.js";

const rules = ["docker-config-escaping", "docker-config-echo", "docker-config-mkdir"];
const folder = new URL("../fixtures/rules/", import.meta.url);
const shells = { dash: ["dash"], bash: ["bash", "--norc"], busybox: ["busybox", "ash"] };
const environment = {
  HTTP_PROXY: "http://10.1.0.9:8080",
  NO_PROXY: "localhost,docker",
  HTTPS_PROXY: "http://10.1.0.9:8080",
  REGISTRY_AUTH: "dTpw",
};

/** The cases that a fixture mends, each with its scripts after the fixes of all three rules. */
const mended = rules.flatMap((id) =>
  readFixture(new URL(`${id}.fixture`, folder))
    .filter(({ files }) => files.some(({ fixed }) => fixed !== undefined))
    .map((fixture) => [`${id}: ${fixture.title}`, fixture] as const),
);

function scriptsAfterFixes(fixture: FixtureCase): string[] {
  const { texts } = applyFixes(fixture, ({ rule }) => rules.includes(rule));
  const service = serviceOf(texts, fixture.options);
  return [...texts.keys()].flatMap((path) => {
    const scripts = service.document(uriOf(path))?.settings.scripts ?? [];
    const groups = new Map<string, string[]>();
    for (const { group, texts: lines } of scripts) {
      groups.set(group, [...(groups.get(group) ?? []), ...lines.map(({ text }) => text)]);
    }
    return [...groups.values()].map((lines) => lines.join("\n"));
  });
}

/** What the script leaves in .docker/config.json of a home folder that is empty before. */
function written([program = "", ...args]: readonly string[], script: string): string {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  try {
    spawnSync(program, args, {
      input: `set -e\ndocker() { :; }\n${script}\n`,
      cwd: home,
      env: { PATH: process.env.PATH ?? "", HOME: home, ...environment },
    });
    return readFileSync(join(home, ".docker/config.json"), "utf8");
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe.runIf(needs("dash", "bash", "busybox"))("after the fixes, every shell writes the same valid JSON", () => {
  test.each(mended)("%s", (_title, fixture) => {
    const scripts = scriptsAfterFixes(fixture);
    expect(scripts).not.toEqual([]);
    for (const script of scripts) {
      // The scripts are run as they stand: they may write below $HOME alone.
      expect(script).not.toMatch(/\/(?:root|home|etc|kaniko)\b/);
      const files = Object.values(shells).map((shell) => JSON.parse(written(shell, script)));
      for (const file of files) expect(file).toEqual(files[0]);
    }
  });
});
