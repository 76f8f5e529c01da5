import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { FailedError, UsageError } from "./exit.js";
import { reasonOf } from "./files/read.js";
import { UnwritableError, writeWhole } from "./files/write.js";
import { fingerprints, reportPath } from "./reporters/place.js";
import type { Report } from "./reporters/report.js";

/**
 * The report without the findings that a baseline accepts. A baseline is a JSON file,
 * `{"version":1,"findings":[{"rule","file","fingerprint"}]}`: it holds no text of the files, only ids that outlive
 * moves, and files are named from its own folder, wherever the command is started.
 * @throws {UsageError} where the file cannot be read or is none
 */
export function withoutAccepted(report: Report, path: string): Report {
  const accepted = readBaseline(path);
  const ids = fingerprints(report, dirname(resolve(path)));
  return { ...report, findings: report.findings.filter((found) => !accepted.has(ids.get(found) ?? "")) };
}

/** Accepts all findings of a report. @throws {FailedError} where the file cannot be written */
export function writeBaseline(report: Report, path: string): void {
  const folder = dirname(resolve(path));
  const ids = fingerprints(report, folder);
  const findings = report.all.map((found) => ({
    rule: found.finding.rule,
    file: reportPath(found.finding.uri, folder),
    fingerprint: ids.get(found),
  }));
  try {
    writeWhole(path, `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`);
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    throw new FailedError(`${path} ${error.message}`);
  }
}

/** @returns the ids of what is accepted */
function readBaseline(path: string): ReadonlySet<unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} ${reasonOf(error)}; --write-baseline makes it`);
  }
  const ids = acceptedIn(parsed(text));
  if (!ids) throw new UsageError(`${path} is no baseline of version 1; --write-baseline makes one`);
  return ids;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function acceptedIn(value: unknown): ReadonlySet<unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("version" in value && value.version === 1 && "findings" in value)) return undefined;
  if (!Array.isArray(value.findings)) return undefined;
  const findings: readonly unknown[] = value.findings;
  return new Set(findings.map(fingerprintOf));
}

function fingerprintOf(found: unknown): unknown {
  return typeof found === "object" && found !== null && "fingerprint" in found ? found.fingerprint : undefined;
}
