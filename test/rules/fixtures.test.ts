import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import { applyFixes, marksOf, serviceOf, uriOf } from "../support/engine.js";
import { readFixture, writeMarks } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);

describe.each(rules.map((rule) => rule.id))("%s", (id) => {
  const path = new URL(`${id}.fixture`, folder);

  test("has a fixture", () => expect(existsSync(path)).toBe(true));
  if (!existsSync(path)) return;
  const cases = readFixture(path);

  test("is found somewhere and silent somewhere", () => {
    const marked = cases.map((c) => c.files.some((file) => file.marks.some((mark) => mark.rule === id)));
    expect(marked).toContain(true);
    expect(marked).toContain(false);
  });

  test.each(cases.map((c) => [c.title, c] as const))("%s", (_title, fixture) => {
    const service = serviceOf(
      fixture.files.map((file) => [file.path, file.text] as const),
      fixture.options,
    );
    for (const file of fixture.files) {
      const findings = service.findings(uriOf(file.path)).filter((finding) => finding.rule === id);
      const marks = file.marks.filter((mark) => mark.rule === id);
      expect(writeMarks(file.text, marksOf(findings, file.text, marks))).toBe(writeMarks(file.text, marks));
    }
    if (!fixture.files.some((file) => file.fixed !== undefined)) return;
    const { texts, rounds } = applyFixes(fixture, (finding) => finding.rule === id);
    for (const file of fixture.files) expect(texts.get(file.path), file.path).toBe(file.fixed ?? file.text);
    expect(rounds).toBeLessThanOrEqual(3);
  });
});

test("every fixture belongs to a rule", () => {
  const names = readdirSync(folder).map((name) => name.replace(/\.fixture$/, ""));
  const ids = new Set(rules.map((rule) => rule.id));
  expect(names.filter((name) => !ids.has(name))).toEqual([]);
});
