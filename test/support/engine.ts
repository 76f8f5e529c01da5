import { fixAll } from "../../server/src/features/fix-all.js";
import {
  createService,
  defaultOptions,
  type EngineOptions,
  type Finding,
  type Service,
} from "../../server/src/service.js";
import { LineIndex } from "../../server/src/text/line-index.js";
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
 * Applies the preferred fixes of the findings that `which` accepts, the unsafe ones too, to all files, again and again
 * until none is left.
 * @returns the texts by path, and how many rounds changed something
 */
export function applyFixes(
  fixture: Pick<FixtureCase, "options"> & {
    readonly files: readonly { readonly path: string; readonly text: string }[];
  },
  which: (finding: Finding) => boolean,
): { texts: Map<string, string>; rounds: number } {
  const service = serviceOf(
    fixture.files.map((file) => [file.path, file.text] as const),
    fixture.options,
  );
  const { texts: changed, rounds } = fixAll(service, service.uris(), which, true);
  const texts = new Map(fixture.files.map((file) => [file.path, file.text]));
  for (const [uri, text] of changed) texts.set(decodeURIComponent(uri.slice("file:///".length)), text);
  return { texts, rounds };
}
