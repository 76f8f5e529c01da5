import { describe, expect, test } from "vitest";
import { applyFixes, marksOf, serviceOf, uriOf } from "../support/engine.js";
import { readFixture, writeMarks } from "../support/fixture.js";

/** The blocks that guides for runners behind a proxy show, each in its file: what is wrong with them, and no more. */
const cases = readFixture(new URL("../fixtures/guide.fixture", import.meta.url));

describe.each(cases.map((c) => [c.title, c] as const))("%s", (_title, fixture) => {
  const service = serviceOf(fixture.files.map((file) => [file.path, file.text] as const));

  test.each(fixture.files.map((file) => [file.path, file] as const))(
    "%s has exactly the marked findings",
    (path, file) => {
      const found = marksOf(service.findings(uriOf(path)), file.text, file.marks);
      expect(writeMarks(file.text, found)).toBe(writeMarks(file.text, file.marks));
    },
  );

  test("after the safe fixes nothing is left but what a person has to decide", () => {
    const { texts, rounds } = applyFixes(fixture, (finding) => finding.fix?.safe === true);
    for (const file of fixture.files) expect(texts.get(file.path)).toBe(file.fixed);
    expect(rounds).toBeLessThanOrEqual(3);
    const after = serviceOf(texts);
    const left = after.uris().flatMap((uri) => after.findings(uri).map((finding) => finding.rule));
    expect(left.filter((rule) => rule !== "cntlm-plaintext-password")).toEqual([]);
  });
});
