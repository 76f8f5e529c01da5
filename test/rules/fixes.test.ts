import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createService, defaultOptions, type Finding, type Fix } from "../../server/src/service.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";
import { applyFixes, uriOf } from "../support/engine.js";
import { type FixtureCase, readFixture } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".fixture"));

/** The files of a case, and those that a fix makes, after one fix. */
function after(texts: ReadonlyMap<string, string>, fix: Fix): Map<string, string> {
  const out = new Map(texts);
  for (const uri of new Set(fix.edits.map((edit) => edit.uri))) {
    const path = decodeURIComponent(uri.slice("file:///".length));
    const text = out.get(path) ?? "";
    const lines = new LineIndex(text);
    const edits = fix.edits
      .filter((edit) => edit.uri === uri)
      .map((edit) => ({ span: lines.span(edit.range), newText: edit.newText }));
    out.set(path, applyEdits(text, edits));
  }
  return out;
}

function read(texts: ReadonlyMap<string, string>, options: FixtureCase["options"]) {
  const service = createService({ ...defaultOptions, ...options });
  for (const [path, text] of texts) service.setDocument(uriOf(path), text);
  const findings = service.uris().flatMap((uri) => service.findings(uri));
  return { findings, of: (rule: string) => findings.filter((finding) => finding.rule === rule) };
}

const place = (finding: Finding) => `${finding.uri} ${finding.message}`;

/** A chain whose hop is mended may show the next one that lacks something: there the finding itself has to go. */
function alike({ of }: ReturnType<typeof read>, finding: Finding): number {
  const all = of(finding.rule);
  return finding.rule.startsWith("chain-") ? all.filter((one) => place(one) === place(finding)).length : all.length;
}

describe.each(names)("the fixes of %s", (name) => {
  const cases = readFixture(new URL(name, folder));

  test("each one alone takes a finding away and breaks nothing", () => {
    for (const fixture of cases) {
      const texts = new Map(fixture.files.map((file) => [file.path, file.text]));
      const before = read(texts, fixture.options);
      for (const finding of before.findings) {
        for (const fix of [finding.fix, ...(finding.alternatives ?? [])]) {
          if (!fix) continue;
          const now = read(after(texts, fix), fixture.options);
          const what = `${fixture.title}: ${place(finding)}: ${fix.title}`;
          expect(alike(now, finding), what).toBeLessThan(alike(before, finding));
          expect(now.of("syntax-error").length, what).toBeLessThanOrEqual(before.of("syntax-error").length);
        }
      }
    }
  });

  test("the safe ones together end after at most three rounds", () => {
    for (const fixture of cases) {
      const { texts, rounds } = applyFixes(fixture, (finding) => finding.fix?.safe === true);
      expect(rounds, fixture.title).toBeLessThanOrEqual(3);
      const left = read(texts, fixture.options).findings.filter((finding) => finding.fix?.safe);
      expect(left.map(place), fixture.title).toEqual([]);
    }
  });
});
