import {
  type CodeDescription,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from "vscode-languageserver";
import type { Finding, Severity } from "../service.js";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The name under which diagnostics are shown. */
export const source = "runner-proxy";

export function toDiagnostic(finding: Finding): Diagnostic {
  const codeDescription: CodeDescription = { href: finding.docs };
  const related = finding.related?.map(
    ({ uri, range, message }): DiagnosticRelatedInformation => ({ location: { uri, range }, message }),
  );
  return {
    source,
    code: finding.rule,
    codeDescription,
    severity: severities[finding.severity],
    range: finding.range,
    message: finding.message,
    ...(related && { relatedInformation: related }),
    ...(finding.unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
  };
}
