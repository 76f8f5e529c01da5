import type { Range } from "../text/line-index.js";

export const severities = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof severities)[number];

/** A rule's id is its name everywhere: diagnostics, command line, settings, comments, documentation. */
export type RuleId = string;

export interface FileEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

/**
 * A mend. `safe`: it keeps the meaning or restores the plain intent, and may be applied with all others at once;
 * what touches a password, moves a key or drops a line is not safe and is offered one by one.
 */
export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  readonly safe: boolean;
  /** It adds a variable: the fixes that may change what stands there already come first. */
  readonly adds?: true;
  /** A file that is made first, empty; its text is an edit at its beginning. */
  readonly creates?: string;
}

export interface RelatedLocation {
  readonly uri: string;
  readonly range: Range;
  readonly message: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly range: Range;
  /** Whether the preferred fix is safe, without the edits of it. */
  readonly mendable: boolean;
  /** The preferred fix. */
  readonly fix?: Fix | undefined;
  /** Further fixes, the better first. */
  readonly alternatives?: readonly Fix[] | undefined;
  readonly related?: readonly RelatedLocation[];
  /** The marked text has no effect and can go. */
  readonly unnecessary?: boolean;
  /** Address of the rule's page. */
  readonly docs: string;
}
