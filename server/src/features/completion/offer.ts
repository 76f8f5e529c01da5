import type { EngineOptions } from "../../options.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Localize } from "../../text/message.js";
import type { Span } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import type { Topic } from "../meaning/topic.js";

/** What completion knows of the place that it is asked about. */
export interface Place {
  readonly document: Document;
  readonly text: string;
  /** Of the cursor. */
  readonly offset: number;
  /** The line up to the cursor. */
  readonly before: string;
  /** The line from the cursor on, without its line ending. */
  readonly after: string;
  /** All documents of the host or repository, this one included. */
  readonly host: readonly Document[];
  readonly options: EngineOptions;
  /** Nobody else completes a YAML file's keywords from its schema. */
  readonly keywords: boolean;
  readonly localize: Localize;
}

/** A word that fits where the cursor is. */
export interface Word {
  readonly label: string;
  readonly kind: "key" | "table" | "variable" | "value" | "host";
  /** In the user's language. */
  readonly detail?: string;
  /** What is written, before the place quotes it. */
  readonly text: string;
  /** The stretch of `text` that is typed next: a tab stop, or where it is not empty a placeholder. */
  readonly hole?: Span;
  /** What its documentation is about; it is read when the word is looked at. */
  readonly topic?: Topic;
  readonly deprecated?: boolean;
  /** Words of rank 0 come first; 1 unless given. */
  readonly rank?: number;
  /** Something is to be chosen at once where the hole is. */
  readonly more?: boolean;
}

/** Words for a place, and the stretch of a text that they take; what stands there is replaced. */
export interface Offer {
  readonly words: readonly Word[];
  readonly into: MappedText;
  /** Of `into`. */
  readonly span: Span;
}

/** Text before and after a hole. */
export function withHole(before: string, hole: string, after: string): Pick<Word, "text" | "hole"> {
  return { text: before + hole + after, hole: { start: before.length, end: before.length + hole.length } };
}

/** How many of the last characters of a text are of a kind. A regular expression would begin anew at each of them. */
export function tailLength(text: string, kind: RegExp): number {
  let at = text.length;
  while (at > 0 && kind.test(text.charAt(at - 1))) at--;
  return text.length - at;
}

/** An offer in the document itself. */
export function inDocument({ document }: Place, span: Span, words: readonly Word[]): Offer {
  return { words, into: document.tree.source, span };
}
