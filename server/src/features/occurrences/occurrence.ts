import type { Span, TextEdit } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";

/** A place of a document that names something which other places name too. */
export interface Occurrence {
  readonly document: Document;
  /** In the document. */
  readonly span: Span;
  /** It sets the variable, or serves the address. */
  readonly definition: boolean;
}

/** An edit of one of several documents. */
export interface DocumentEdit {
  readonly document: Document;
  readonly edit: TextEdit;
}

/** Each place once: a job that extends another has the same lines. */
export function distinct<T extends Occurrence>(occurrences: readonly T[]): readonly T[] {
  const seen = new Map<Document, Set<number>>();
  return occurrences.filter(({ document, span }) => {
    const starts = seen.get(document) ?? new Set();
    seen.set(document, starts);
    return starts.size < starts.add(span.start).size;
  });
}

/** Occurrences of one document in the order of the text; of two at one place the first stays before the other. */
export function inOrder<T extends Occurrence>(occurrences: readonly T[]): readonly T[] {
  return [...occurrences].sort((a, b) => a.span.start - b.span.start);
}
