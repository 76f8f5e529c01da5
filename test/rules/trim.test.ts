import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Finding } from "../../server/src/service.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { readFixture } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);
const cases = readdirSync(folder).flatMap((name) => [...readFixture(new URL(name, folder))]);

/** So long that nothing else is held beside it. */
const long = `[[runners]]\n${"# a line of a long file\n".repeat(4000)}`;

function told({ rule, message, range, fix, alternatives }: Finding): unknown {
  return { rule, message, range, fix, alternatives };
}

test("what was let go of is found again: findings, fixes and the documents beside", () => {
  let fixes = 0;
  for (const { files, options } of cases) {
    const service = serviceOf(
      [...files.map(({ path, text }) => [path, text] as const), ["elsewhere/etc/gitlab-runner/config.toml", long]],
      options,
    );
    const all = files.map(({ path }) => uriOf(path));
    const before = all.map((uri) => service.findings(uri));
    const trees = all.map((uri) => service.document(uri)?.tree);
    const expected = serviceOf(
      files.map(({ path, text }) => [path, text] as const),
      options,
    );
    service.findings(uriOf("elsewhere/etc/gitlab-runner/config.toml"));
    service.trim();
    for (const [at, uri] of all.entries()) {
      expect(service.findings(uri), "the same list, so that nothing is sent again").toBe(before[at]);
      if (trees[at]) expect(service.document(uri)?.tree).not.toBe(trees[at]);
      const found = service.findings(uri).map(told);
      expect(found).toEqual(expected.findings(uri).map(told));
      fixes += service.findings(uri).filter(({ fix }) => fix).length;
    }
  }
  expect(fixes).toBeGreaterThan(100);
});

test("a file that is being edited is not read anew where it was not touched", () => {
  const uri = uriOf("etc/gitlab-runner/config.toml");
  const runner = (name: string) => `[[runners]]\nname = "${name}"\nenvironment = ["http_proxy=10.0.0.1:3128"]\n`;
  const text = `concurrent = 1\n${"abcdefgh".split("").map(runner).join("")}`;
  const service = serviceOf([["etc/gitlab-runner/config.toml", text]]);
  const type = (comment: string) => {
    service.setDocument(uri, `${text}# ${comment}\n`);
    const findings = service.findings(uri);
    service.trim();
    return findings;
  };
  service.findings(uri);
  const before = type("t");
  const after = type("ty");
  expect(after.length).toBeGreaterThan(7);
  expect(after[0]).toBe(before[0]);
});
