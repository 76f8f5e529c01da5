import type { EnvironmentFileEntry } from "../../quoting/environment-file.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { TreeBase } from "../format.js";
import type { LogicalLine } from "./lines.js";
import type { UnitFile } from "./unit.js";

/**
 * What is wrong or odd with a word of Environment=.
 * - `unclosed-quote`, `unknown-escape`: the word and all after it on the line are lost
 * - `unknown-specifier` (`%4`), `no-assignment`, `invalid-name`, `invalid-character`: the word is dropped
 * - `specifier` (`%h`), `escape` (`\t`): the value is another than what is written
 * - `comment`: the word stands at or after a `#`, which starts no comment here
 * - `export`: the word `export`
 * - `typographic-quote`: the span is the quote's
 */
export type WordFaultKind =
  | "unclosed-quote"
  | "unknown-escape"
  | "unknown-specifier"
  | "no-assignment"
  | "invalid-name"
  | "invalid-character"
  | "specifier"
  | "escape"
  | "comment"
  | "export"
  | "typographic-quote";

export interface WordFault {
  readonly kind: WordFaultKind;
  /** In the document. */
  readonly span: Span;
}

/**
 * What becomes of a word.
 * - `kept`: it sets its variable
 * - `dropped`: systemd reports and drops it alone
 * - `lost`: it stands at or after the place where systemd gave up on the line
 * - `cleared`: a later empty `Environment=` takes it back
 * - `unset`: UnsetEnvironment= takes it out
 * - `unread`: its line is not read as Environment= of [Service]
 */
export type WordState = "kept" | "dropped" | "lost" | "cleared" | "unset" | "unread";

/** One word of an Environment= line. */
export interface EnvironmentWord {
  readonly directive: Directive;
  /** Its place among the words of its line, from 0. */
  readonly index: number;
  readonly state: WordState;
  /** The word as the program gets it; of a word that is dropped or lost, what was meant. */
  readonly text: MappedText;
  /** Undefined where there is no `=`. */
  readonly name: MappedText | undefined;
  /** The text of the name, for those who need no more of it. */
  readonly nameText: string | undefined;
  readonly value: MappedText | undefined;
  /** The word with its quotes, in the document. */
  readonly span: Span;
  /** The quote around the whole word. */
  readonly quote: '"' | "'" | "";
  readonly faults: readonly WordFault[];
}

/** One line `Key=value`, continued ones joined. */
export interface Directive {
  /** As written, without the blanks around it. */
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined before the first section. */
  readonly section: Section | undefined;
  /** The value without the blanks around it; quotes, escapes and specifiers stand as they are. */
  readonly value: MappedText;
  readonly valueSpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** Its lines in the document with their line endings. */
  readonly whole: Span;
  /** False from where systemd stops reading the file: a broken section header, a character that UTF-8 does not allow. */
  readonly read: boolean;
  /** The line that it was read from. */
  readonly line: LogicalLine;
  /** Where the key begins in the text of its line. */
  readonly keyStart: number;
  /** Where the value begins in the text of its line. */
  readonly valueStart: number;
  /** Nothing stands after the `=`. */
  readonly empty: boolean;
}

export interface Section {
  readonly name: string;
  /** The header with its brackets. */
  readonly span: Span;
  readonly nameSpan: Span;
  /**
   * `unknown`: systemd ignores what it holds and says so. `private`: it begins with `X-` and is ignored silently.
   * `other`: a section of another type of unit or file, such as [Socket] or podman's [Container].
   */
  readonly kind: "Unit" | "Service" | "Install" | "other" | "private" | "unknown";
  /** The offset after the header's line. */
  readonly end: number;
}

/** A line of shell in a unit file: `export NAME=value`, or `NAME=value` for a proxy variable. systemd ignores it. */
export interface ShellLine {
  readonly directive: Directive;
  /** The stretch of `export` and the blanks after it; empty where the line has none. */
  readonly exportSpan: Span;
  readonly name: MappedText;
  readonly value: MappedText;
}

/** A path of EnvironmentFile=. */
export interface EnvironmentFilePath {
  readonly directive: Directive;
  /** Absolute; specifiers and templates are unknown stretches. */
  readonly path: MappedText;
  /** `-` stands before it: no error if the file is missing. */
  readonly optional: boolean;
}

export interface SystemdDropinTree extends TreeBase {
  readonly format: "systemd-dropin";
  /** What the path says of the unit, and where that says nothing, a comment that names the folder. */
  readonly file: UnitFile;
  readonly sections: readonly Section[];
  readonly directives: readonly Directive[];
  readonly comments: readonly Span[];
  /** The file is one that EnvironmentFile= names, such as /etc/default/docker: it has these entries and no sections. */
  readonly entries: readonly EnvironmentFileEntry[] | undefined;
  readonly environment: {
    /** Every word of every Environment= line, also of those that systemd does not read. */
    readonly words: readonly EnvironmentWord[];
    /** Lines meant to be Environment=, by their key in any letter case. */
    readonly directives: readonly Directive[];
  };
  readonly shellLines: readonly ShellLine[];
  readonly environmentFiles: readonly EnvironmentFilePath[];
  /** Variable names of PassEnvironment= in [Service]. */
  readonly passed: readonly MappedText[];
  /** Parts of the file may be left out or repeated by a template's tags. */
  readonly conditional: boolean;
  /** The units that a key of [Unit] names (`After`, `Wants`, `Requires` …), in the order of the file. */
  dependencies(key: string): readonly MappedText[];
}
