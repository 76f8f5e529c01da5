import { reportPath } from "./place.js";
import type { Report, ReportedFinding, Reporter, ReportStyle } from "./report.js";

/** JUnit's XML as CI servers read it: a suite a file, a test case a finding; those below `--fail-on` pass. */
export const junit: Reporter = (report, style) => {
  const suites = report.checked.map((uri) => suite(uri, report, style)).join("");
  const failures = report.findings.filter(({ finding }) => style.fails(finding.severity)).length;
  const tests = report.checked.reduce((sum, uri) => sum + Math.max(1, findingsOf(uri, report).length), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="runner-proxy" tests="${tests}" failures="${failures}">\n${suites}</testsuites>\n`;
};

function suite(uri: string, report: Report, style: ReportStyle): string {
  const found = findingsOf(uri, report);
  const file = xml(reportPath(uri));
  const failures = found.filter(({ finding }) => style.fails(finding.severity)).length;
  const cases =
    found.length > 0
      ? found.map((reported) => testCase(file, reported, style)).join("")
      : `    <testcase name="nothing to report" classname="${file}"/>\n`;
  const tests = Math.max(1, found.length);
  return `  <testsuite name="${file}" tests="${tests}" failures="${failures}">\n${cases}  </testsuite>\n`;
}

function testCase(file: string, { finding }: ReportedFinding, style: ReportStyle): string {
  const { rule, severity, message, docs, range } = finding;
  const place = `${range.start.line + 1}:${range.start.character + 1}`;
  const name = xml(`${rule} ${place}`);
  const text = `${file}:${place}: ${severity}: ${xml(message)}\n${xml(docs)}`;
  const body = style.fails(severity)
    ? `<failure type="${xml(rule)}" message="${xml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase name="${name}" classname="${file}">${body}</testcase>\n`;
}

function findingsOf(uri: string, { findings }: Report): readonly ReportedFinding[] {
  return findings.filter(({ finding }) => finding.uri === uri);
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };

/** Text for XML 1.0, which has no way to say most control characters. */
function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
  return clean.replace(/[<>&"]/g, (character) => entities[character] ?? character);
}
