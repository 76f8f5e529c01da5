import type { Severity } from "../../service.js";
import { fingerprints, reportPath } from "./place.js";
import type { Reporter } from "./report.js";

const severities: Readonly<Record<Severity, string>> = {
  error: "major",
  warning: "minor",
  information: "info",
  hint: "info",
};

/** GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const gitlab: Reporter = (report) => {
  const ids = fingerprints(report);
  const issues = report.findings.map((reported) => {
    const { rule, message, severity, uri, range } = reported.finding;
    return {
      description: message,
      check_name: rule,
      fingerprint: ids.get(reported),
      severity: severities[severity],
      location: { path: reportPath(uri), lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
