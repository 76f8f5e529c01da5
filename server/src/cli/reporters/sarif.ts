import { version } from "../../../../package.json";
import { rules } from "../../rules/index.js";
import { docsAddress } from "../../rules/reported.js";
import type { Finding, Severity } from "../../service.js";
import { fingerprints, reportPath } from "./place.js";
import type { Reporter } from "./report.js";

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: Reporter = (report) => {
  const ids = fingerprints(report);
  const results = report.findings.map((reported) => {
    const { finding } = reported;
    const related = finding.related?.map((location, id) => ({
      id,
      ...physical(location),
      message: { text: location.message },
    }));
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [physical(finding)],
      ...(related && { relatedLocations: related }),
      partialFingerprints: { "runnerProxy/v1": ids.get(reported) },
    };
  });
  const driver = {
    name: "Runner Proxy",
    semanticVersion: version,
    informationUri: "https://github.com/runner-proxy/runner-proxy",
    rules: rules.map(({ id, severity, docs }) => ({
      id,
      shortDescription: { text: docs.summary },
      helpUri: docsAddress(id),
      defaultConfiguration: { level: levels[severity] },
    })),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function physical({ uri, range: { start, end } }: Pick<Finding, "uri" | "range">) {
  return {
    physicalLocation: {
      artifactLocation: { uri: artifactUri(reportPath(uri)) },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}

/** A relative path as a relative reference, an absolute one as a file's address. */
function artifactUri(path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  if (encoded.startsWith("/")) return `file://${encoded}`;
  return /^[a-z]%3a\//i.test(encoded) ? `file:///${encoded}` : encoded;
}
