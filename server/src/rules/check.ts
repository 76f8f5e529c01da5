import type { FormatId } from "../formats/format.js";
import type { Tree } from "../formats/index.js";
import type { EngineOptions } from "../options.js";
import type { Assignment, ProxySettings, Scope } from "../proxy/settings.js";
import type { Localize } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { readDirectives } from "./directives.js";
import type { Finding } from "./finding.js";
import { rules } from "./index.js";
import { Reported } from "./reported.js";
import type { Report, Rule, RuleContext } from "./rule.js";

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
  const context = new Context(document, input, needsWhole);
  for (const rule of rulesOf(document.format.id)) {
    if (which(rule) && input.options.rules[rule.id] !== "off") context.ask(rule);
  }
  return context.found;
}

/** A generated file may break one rule on every line, and nobody reads on. The first of these are told. */
export const mostOfOneRule = 1000;

/** Findings in the order of the text, without those that comments of the document silence. */
export function shown({ text, lines }: Document, findings: readonly Finding[]): Finding[] {
  const { silences } = readDirectives(text, (offset) => lines.position(offset).line);
  const all = findings.filter(({ rule, range }) => !silences(rule, range.start.line)).sort(byPlace);
  return all.length <= mostOfOneRule ? all : firstOfEach(all);
}

function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

function firstOfEach(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= mostOfOneRule;
  });
}

const byFormat = new Map<FormatId, readonly Rule[]>();

function rulesOf(format: FormatId): readonly Rule[] {
  const known = byFormat.get(format);
  if (known) return known;
  const found = rules.filter((rule) => rule.formats.includes(format));
  byFormat.set(format, found);
  return found;
}

/** What one rule after the other sees of a document. */
class Context implements RuleContext {
  readonly found: Finding[] = [];
  /** What jobs share in a CI file is reached through each of them, and said once. */
  private readonly seen = new Set<string>();
  private rule: Rule | undefined;
  /** How much of the rule was found: with some to spare, since comments may silence a part. */
  private count = 0;

  constructor(
    readonly document: Document,
    private readonly input: CheckInput,
    private readonly whole: (rule: Rule) => void,
  ) {}

  ask(rule: Rule): void {
    this.rule = rule;
    this.count = 0;
    rule.check(this);
  }

  get uri(): string {
    return this.document.uri;
  }

  get text(): string {
    return this.document.text;
  }

  get tree(): Tree {
    return this.document.tree;
  }

  get settings(): ProxySettings {
    return this.document.settings;
  }

  get options(): EngineOptions {
    return this.input.options;
  }

  get host(): readonly Document[] {
    return this.input.host;
  }

  report(report: Report): void {
    const { rule, document, seen, found } = this;
    if (!rule || this.count > 2 * mostOfOneRule) return;
    const { host, localize, options } = this.input;
    const severity = options.rules[rule.id] ?? report.severity ?? rule.severity;
    if (severity === "off") return;
    const finding = new Reported(rule, report, severity, { document, host, localize });
    const key = `${rule.id} ${report.span.start} ${report.span.end} ${finding.message}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push(finding);
    this.count++;
  }

  needsWhole(): void {
    if (this.rule) this.whole(this.rule);
  }

  addAssignment(scope: Scope, name: string, value: string): readonly TextEdit[] | undefined {
    return this.document.format.addAssignment(this.document.tree, scope, name, value);
  }

  removeAssignment(scope: Scope, assignment: Assignment): readonly TextEdit[] | undefined {
    return this.document.format.removeAssignment(this.document.tree, scope, assignment);
  }
}
