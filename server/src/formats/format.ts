import type { Assignment, ProxySettings, Scope } from "../proxy/settings.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Message } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";

export const formatIds = ["runner-toml", "cntlm-conf", "systemd-dropin", "docker-json", "gitlab-ci"] as const;
export type FormatId = (typeof formatIds)[number];

/** Text that the program's own parser rejects. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly message: Message;
  /** Edits that mend it where the meaning is clear. */
  readonly repair?: { readonly title: Message; readonly edits: readonly TextEdit[] };
  /** `information` for what is said of templates; an error otherwise. */
  readonly severity?: "information";
}

/** What every format's tree has. The rest is its own. */
export interface TreeBase {
  readonly format: FormatId;
  /** The document, the root of all MappedTexts of the tree. */
  readonly source: MappedText;
  readonly problems: readonly SyntaxProblem[];
  /** The file is filled in by another tool (`{{ }}`, `<% %>`, `@NAME@` …): what it holds is known in part only. */
  readonly template: boolean;
}

/** A stretch of a text that is judged alone, so that a change elsewhere costs it nothing. All spans are whole lines. */
export interface Part {
  /** What it needs to be understood, before it: read with each part, and judged with the first of them. */
  readonly context: readonly Span[];
  readonly own: readonly Span[];
}

/** How the texts of a format fall into parts. */
export interface Parts<T extends TreeBase = TreeBase> {
  /** The parts, in the order of the text; undefined where it is one. In linear time, by what the lines begin with. */
  cut(text: string): readonly Part[] | undefined;
  /**
   * Whether the parts mean the same alone as within the text: if one does not, the text is judged whole.
   * @param trees of the parts with their context
   */
  standAlone(trees: readonly T[], text: string): boolean;
}

/**
 * A file format: how it is recognised, read, and written to. Pure functions of their arguments.
 * @typeParam T the format's tree
 */
export interface Format<T extends TreeBase = TreeBase> {
  readonly id: FormatId;
  /** For people: `GitLab Runner's config.toml`. */
  readonly label: string;
  /** Paths (with `/`, relative to any folder) that a folder search reads; `match` then decides, by content where the path leaves doubt. */
  readonly fileNames: readonly RegExp[];
  /** Whether the file is of this format, by its path and, where the path leaves doubt, by its content. */
  match(uri: string, text: string): boolean;
  /** Never throws (invariant 4). */
  parse(text: string, uri: string): T;
  settings(tree: T): ProxySettings;
  /**
   * The edits that give a variable to a scope of this tree, in the way of the scope's other assignments and quoted for the place.
   * @param name as it is to be written: `https_proxy`, `HTTPS_PROXY`, `httpsProxy` …
   * @returns undefined where there is no such place.
   */
  addAssignment(tree: T, scope: Scope, name: string, value: string): readonly TextEdit[] | undefined;
  /** The edits that take an assignment away, with the separators and the line that only it needs. */
  removeAssignment(tree: T, scope: Scope, assignment: Assignment): readonly TextEdit[] | undefined;
  /** Where files are long and their parts independent. */
  readonly parts?: Parts<T>;
  /**
   * Stretches that no rule judges, each to the end of its line, in the order of the text: two files that differ in them
   * alone have the same findings.
   */
  readonly asides?: (text: string) => readonly Span[];
  /** The comment that a disable directive is written in; undefined where the format has no comments. */
  readonly comment?: (text: string) => string;
}
