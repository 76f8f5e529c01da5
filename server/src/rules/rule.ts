import type { FormatId } from "../formats/format.js";
import type { Tree } from "../formats/index.js";
import type { EngineOptions } from "../options.js";
import type { Assignment, ProxySettings, Scope } from "../proxy/settings.js";
import type { Message } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import type { RuleId, Severity } from "./finding.js";

/** What a rule says of itself, in English: the catalogue of `runner-proxy rules` and the hover of a finding. */
export interface RuleDocs {
  /** One sentence: what it finds. */
  readonly summary: string;
}

/** A fix as a rule states it: edits of the document under check. */
export interface ReportedFix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  /** Edits of other documents of the host, by URI. */
  readonly elsewhere?: readonly { readonly uri: string; readonly edits: readonly TextEdit[] }[];
  /** A file that is not there yet, with its text. */
  readonly creates?: { readonly uri: string; readonly text: string };
  /** See {@link Fix.safe}. */
  readonly safe: boolean;
  /** See {@link Fix.adds}. */
  readonly adds?: true;
}

/** A finding as a rule states it. */
export interface Report {
  readonly span: Span;
  readonly message: Message;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** The preferred one first. As a function where they take work: it is called when somebody asks. */
  readonly fixes?: readonly ReportedFix[] | (() => readonly ReportedFix[]);
  /** `uri` where it is not the document under check. */
  readonly related?: readonly { readonly uri?: string; readonly span: Span; readonly message: Message }[];
  readonly unnecessary?: boolean;
}

/** What a rule sees of one document. */
export interface RuleContext {
  readonly document: Document;
  readonly uri: string;
  readonly text: string;
  readonly tree: Tree;
  readonly settings: ProxySettings;
  readonly options: EngineOptions;
  /** All documents of the same host or repository, this one included. Rules that look at it say `host: true`. */
  readonly host: readonly Document[];
  report(report: Report): void;
  /**
   * To be called before a rule compares what a file's parts say (its runners, its jobs). Long files are checked part by
   * part: where `document` was such a part, the rule's findings are dropped, and it is asked again about the whole.
   */
  needsWhole(): void;
  /** {@link Format.addAssignment} of the document's format. */
  addAssignment(scope: Scope, name: string, value: string): readonly TextEdit[] | undefined;
  /** {@link Format.removeAssignment} of the document's format. */
  removeAssignment(scope: Scope, assignment: Assignment): readonly TextEdit[] | undefined;
}

/** A rule: one file, one line in the index, one fixture, one page. It must not throw, whatever the text. */
export interface Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly formats: readonly FormatId[];
  readonly docs: RuleDocs;
  /** It looks at other documents too, and is asked again when one of them changes. */
  readonly host?: true;
  check(context: RuleContext): void;
}
