import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import type { Report, ReportedFinding } from "./report.js";
import { SourceLines } from "./source-line.js";

/** A file's path from a folder, as reports name files; the absolute one where it lies elsewhere. */
export function reportPath(uri: string, from = process.cwd()): string {
  const path = relative(from, uri);
  const inside = path !== "" && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  return (inside ? path : uri).split(sep).join("/");
}

/**
 * For each finding an id that stays as long as its line says the same, wherever in the file it goes: made of the rule,
 * the file, the line without its secrets, and of how many alike come before.
 * @param from the folder from which files are named
 */
export function fingerprints({ all, service }: Report, from?: string): ReadonlyMap<ReportedFinding, string> {
  const sources = new Map<string, SourceLines>();
  const seen = new Map<string, number>();
  const ids = new Map<ReportedFinding, string>();
  for (const reported of all) {
    const { uri, rule, range } = reported.finding;
    const source = sources.get(uri) ?? new SourceLines(service.document(uri)?.text ?? "");
    sources.set(uri, source);
    const key = [rule, reportPath(uri, from), source.line(range.start.line).text.trim()].join("\0");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    ids.set(reported, createHash("sha256").update(`${key}\0${before}`).digest("hex"));
  }
  return ids;
}
