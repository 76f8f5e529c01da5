import {
  createService,
  defaultOptions,
  type EngineOptions,
  type Finding,
  type Service,
} from "../../server/src/service.js";
import { LineIndex } from "../../server/src/text/line-index.js";
import { applyEdits } from "../../server/src/text/span.js";
import type { FixtureCase, Mark } from "./fixture.js";

/** A service that holds the files of a case, under `file:///` and their paths. */
export function serviceOf(
  files: Iterable<readonly [path: string, text: string]>,
  options: Partial<EngineOptions> = {},
): Service {
  const service = createService({ ...defaultOptions, ...options });
  for (const [path, text] of files) service.setDocument(uriOf(path), text);
  return service;
}

export function uriOf(path: string): string {
  return `file:///${path}`;
}

/** Findings as marks, severity only where the mark it is compared with names one. */
export function marksOf(findings: readonly Finding[], text: string, like: readonly Mark[] = []): Mark[] {
  const lines = new LineIndex(text);
  return findings
    .map((finding) => {
      const { start, end } = lines.span(finding.range);
      const twin = like.find((m) => m.rule === finding.rule && m.start === start && m.end === end);
      const wanted = twin ? twin.severity !== undefined : false;
      return { rule: finding.rule, start, end, ...(wanted && { severity: finding.severity }) };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Applies the preferred fixes of the findings that `which` accepts to all files, again and again until none is left
 * or nothing changes any more.
 * @returns the texts by path, and how many rounds changed something
 */
export function applyFixes(
  fixture: Pick<FixtureCase, "options"> & {
    readonly files: readonly { readonly path: string; readonly text: string }[];
  },
  which: (finding: Finding) => boolean,
  limit = 10,
): { texts: Map<string, string>; rounds: number } {
  const texts = new Map(fixture.files.map((file) => [file.path, file.text]));
  for (let round = 0; round < limit; round++) {
    const service = serviceOf(texts, fixture.options);
    const edits = new Map<string, { start: number; end: number; newText: string }[]>();
    for (const uri of service.uris()) {
      for (const finding of service.findings(uri)) {
        if (!finding.fix || !which(finding)) continue;
        const wanted = finding.fix.edits.map((edit) => {
          const path = decodeURIComponent(edit.uri.slice("file:///".length));
          const span = new LineIndex(texts.get(path) ?? "").span(edit.range);
          return { path, ...span, newText: edit.newText };
        });
        const clash = wanted.some((edit) =>
          edits
            .get(edit.path)
            ?.some(
              (other) =>
                (edit.start < other.end && other.start < edit.end) ||
                (edit.start === other.start && edit.end === other.end),
            ),
        );
        if (clash) continue;
        for (const { path, ...edit } of wanted) edits.set(path, [...(edits.get(path) ?? []), edit]);
      }
    }
    let changed = false;
    for (const [path, list] of edits) {
      const before = texts.get(path) ?? "";
      const after = applyEdits(
        before,
        list.map((e) => ({ span: { start: e.start, end: e.end }, newText: e.newText })),
      );
      if (after !== before) changed = true;
      texts.set(path, after);
    }
    if (!changed) return { texts, rounds: round };
  }
  return { texts, rounds: limit };
}
