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

/**
 * What the rules find in a document, those included that its comments silence.
 * @param which limits the rules that are asked
 * @param needsWhole is told of those that judge the whole of a file alone
 */
export function check(
  document: Document,
  input: CheckInput,
  which: (rule: Rule) => boolean,
  needsWhole: (rule: Rule) => void = () => undefined,
): Finding[] {
  const { host, localize, options } = input;
  const found: Finding[] = [];
  /** What jobs share in a CI file is reached through each of them, and said once. */
  const seen = new Set<string>();
  for (const rule of rules) {
    if (!rule.formats.includes(document.format.id) || !which(rule)) continue;
    const setting = options.rules[rule.id];
    if (setting === "off") continue;
    const context: RuleContext = {
      document,
      uri: document.uri,
      text: document.text,
      get tree() {
        return document.tree;
      },
      get settings() {
        return document.settings;
      },
      options,
      host,
      report(report) {
        const key = `${rule.id} ${report.span.start} ${report.span.end} ${english(report.message)}`;
        if (seen.has(key)) return;
        seen.add(key);
        const severity = setting ?? report.severity ?? rule.severity;
        found.push(new Reported(rule, report, severity, { document, host, localize }));
      },
      needsWhole: () => needsWhole(rule),
      addAssignment: (scope, name, value) => document.format.addAssignment(document.tree, scope, name, value),
      removeAssignment: (scope, assignment) => document.format.removeAssignment(document.tree, scope, assignment),
    };
    rule.check(context);
  }
  return found;
}

/** Findings in the order of the text, without those that comments of the document silence. */
export function shown({ text, lines }: Document, findings: readonly Finding[]): Finding[] {
  const { silences } = readDirectives(text, (offset) => lines.position(offset).line);
  return findings
    .filter(({ rule, range }) => !silences(rule, range.start.line))
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
}
