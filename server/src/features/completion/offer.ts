import type { Span } from "../../text/span.js";

/** A word that fits where the cursor is; what is typed of it already is replaced. */
export interface Word {
  readonly label: string;
  readonly kind: "key" | "variable";
  readonly detail?: string;
  readonly newText: string;
}

/** Words for a place, and the stretch of the document that they take. */
export interface Offer {
  readonly words: readonly Word[];
  readonly span: Span;
}
