import type { EngineOptions } from "../options.js";
import { english, type Localize } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { readDirectives } from "./directives.js";
import type { FileEdit, Finding, Fix } from "./finding.js";
import { rules } from "./index.js";
import type { Report, ReportedFix, Rule, RuleContext } from "./rule.js";

/** Where the pages of the rules are published. */
const docsBase = "https://github.com/runner-proxy/runner-proxy/blob/main/docs/rules";

export function docsAddress(rule: string): string {
  return `${docsBase}/${rule}.md`;
}

/** What a check needs to know beside the document. */
export interface CheckInput {
  readonly options: EngineOptions;
  readonly localize: Localize;
  /** All documents of the document's host, itself included. */
  readonly host: readonly Document[];
}

/** The findings of a document, in the order of the text. `which` limits the rules that are asked. */
export function check(document: Document, input: CheckInput, which: (rule: Rule) => boolean = () => true): Finding[] {
  const found: Finding[] = [];
  /** What jobs share in a CI file is reached through each of them, and said once. */
  const seen = new Set<string>();
  const directives = readDirectives(document.text, (offset) => document.lines.position(offset).line);
  for (const rule of rules) {
    if (!rule.formats.includes(document.format.id) || !which(rule)) continue;
    const setting = input.options.rules[rule.id];
    if (setting === "off") continue;
    const context: RuleContext = {
      document,
      uri: document.uri,
      text: document.text,
      tree: document.tree,
      settings: document.settings,
      options: input.options,
      host: input.host,
      report(report) {
        const range = document.lines.range(report.span);
        if (directives.silences(rule.id, range.start.line)) return;
        const key = `${rule.id} ${report.span.start} ${report.span.end} ${english(report.message)}`;
        if (seen.has(key)) return;
        seen.add(key);
        found.push(toFinding(rule, report, document, input, setting));
      },
      addAssignment: (scope, name, value) => document.format.addAssignment(document.tree, scope, name, value),
      removeAssignment: (scope, assignment) => document.format.removeAssignment(document.tree, scope, assignment),
    };
    rule.check(context);
  }
  return inOrder(found);
}

/** Findings in the order of the text. */
export function inOrder(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

const beginning = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function toFinding(
  rule: Rule,
  report: Report,
  document: Document,
  input: CheckInput,
  setting: Finding["severity"] | undefined,
): Finding {
  const { localize } = input;
  const linesOf = (uri: string) => (input.host.find((d) => d.uri === uri) ?? document).lines;
  const edits = (uri: string, list: readonly TextEdit[]): FileEdit[] =>
    list.map((edit) => ({ uri, range: linesOf(uri).range(edit.span), newText: edit.newText }));
  const fix = (reported: ReportedFix): Fix => ({
    title: localize(reported.title),
    edits: [
      ...edits(document.uri, reported.edits),
      ...(reported.elsewhere ?? []).flatMap((other) => edits(other.uri, other.edits)),
      ...(reported.creates ? [{ uri: reported.creates.uri, range: beginning, newText: reported.creates.text }] : []),
    ],
    safe: reported.safe,
    ...(reported.creates && { creates: reported.creates.uri }),
  });
  const [preferred, ...alternatives] = (report.fixes ?? []).map(fix);
  const range = (uri: string, span: Span) => linesOf(uri).range(span);
  return {
    rule: rule.id,
    severity: setting ?? report.severity ?? rule.severity,
    message: localize(report.message),
    uri: document.uri,
    range: document.lines.range(report.span),
    docs: docsAddress(rule.id),
    ...(preferred && { fix: preferred }),
    ...(alternatives.length > 0 && { alternatives }),
    ...(report.related && {
      related: report.related.map((r) => ({
        uri: r.uri ?? document.uri,
        range: range(r.uri ?? document.uri, r.span),
        message: localize(r.message),
      })),
    }),
    ...(report.unnecessary && { unnecessary: true }),
  };
}
