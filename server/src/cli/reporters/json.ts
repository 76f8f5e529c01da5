import type { Reporter } from "./report.js";

/** For programs. Lines and characters count from 0, in UTF-16 units. New keys may come; what is there stays. */
export const json: Reporter = ({ checked, findings }) => {
  const listed = findings.map(({ file, finding, fixable }) => ({
    rule: finding.rule,
    severity: finding.severity,
    file,
    range: finding.range,
    message: finding.message,
    docs: finding.docs,
    fixable,
  }));
  return `${JSON.stringify({ version: 1, files: checked.length, findings: listed }, undefined, 2)}\n`;
};
