import type { Span } from "../../text/span.js";

/** What is said of a place, and the stretch of the document that it is about. */
export interface Subject {
  readonly span: Span;
  readonly markdown: string;
}
