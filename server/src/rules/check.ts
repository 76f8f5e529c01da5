import type { EngineOptions } from "../options.js";
import { english, type Localize } from "../text/message.js";
import type { Document } from "../workspace/document.js";
import { readDirectives } from "./directives.js";
import type { Finding } from "./finding.js";
import { rules } from "./index.js";
import { Reported } from "./reported.js";
import type { Rule, RuleContext } from "./rule.js";

/** What a check needs to know beside the document. */
export interface CheckInput {
  readonly options: EngineOptions;
  readonly localize: Localize;
  /** All documents of the document's host, itself included. */
  readonly host: readonly Document[];
}

/** The findings of a document, in the order of the text. `which` limits the rules that are asked. */
export function check(document: Document, input: CheckInput, which: (rule: Rule) => boolean = () => true): Finding[] {
  const { host, localize } = input;
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
      host,
      report(report) {
        const range = document.lines.range(report.span);
        if (directives.silences(rule.id, range.start.line)) return;
        const key = `${rule.id} ${report.span.start} ${report.span.end} ${english(report.message)}`;
        if (seen.has(key)) return;
        seen.add(key);
        found.push(
          new Reported(rule, report, setting ?? report.severity ?? rule.severity, { document, host, localize }),
        );
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
