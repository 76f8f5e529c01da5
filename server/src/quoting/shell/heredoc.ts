import { type MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import {
  type Expansion,
  type HereDocumentStart,
  hereDocumentEnd,
  readExpansion,
  startsExpansion,
} from "./expansion.js";
import { type BodyMode, shellLayer } from "./layer.js";
import type { ShellSource } from "./source.js";
import { addExpansion } from "./word.js";

export interface HereDocument {
  /** What the program reads. */
  readonly text: MappedText;
  /** The body in the shell text, without the line of the delimiter. */
  readonly span: Span;
  readonly expansions: readonly Expansion[];
  readonly closed: boolean;
  /** Where the shell text goes on. */
  readonly next: number;
}

/** Reads the body of a here-document that begins at `at`, the first character of a line. */
export function readHereDocument(source: ShellSource, at: number, start: HereDocumentStart): HereDocument {
  const { bodyEnd, next, closed } = hereDocumentEnd(source.text, at, start);
  const span = { start: at, end: bodyEnd };
  const kind: BodyMode = `${start.quoted ? "verbatim" : "heredoc"}${start.tabs ? "-tabs" : ""}`;
  const mode = `${kind}:${start.delimiter}`;
  const builder = new MappedTextBuilder(source.mapped, shellLayer);
  const expansions: Expansion[] = [];
  if (at === bodyEnd) builder.place(at, mode);
  else readBody(source.until(bodyEnd), span, start, mode, builder, expansions);
  return { text: builder.build(span), span, expansions, closed, next };
}

function readBody(
  source: ShellSource,
  span: Span,
  start: HereDocumentStart,
  mode: string,
  builder: MappedTextBuilder,
  expansions: Expansion[],
): void {
  const { text } = source;
  const special = start.quoted ? /\n/g : /[\n\\$`]/g;
  let i = skipTabs(text, span.start, start.tabs);
  while (i < span.end) {
    const opaque = source.opaqueEnd(i);
    special.lastIndex = opaque ?? i;
    const next = Math.min(special.exec(text)?.index ?? text.length, span.end);
    builder.exact(i, next, mode);
    i = next;
    if (i >= span.end) break;
    const c = text.charAt(i);
    if (c === "\n") {
      builder.exact(i, i + 1, mode);
      i = skipTabs(text, i + 1, start.tabs);
    } else if (c === "\\") {
      const escaped = text.charAt(i + 1);
      if (escaped === "\n") i += 2;
      else if (escaped !== "" && "$`\\".includes(escaped)) {
        builder.unit(i, i + 2, escaped, mode);
        i += 2;
      } else {
        builder.exact(i, i + 1, mode);
        i++;
      }
    } else if (startsExpansion(text, i)) {
      const first = expansions.length;
      i = readExpansion(source, i, true, expansions);
      const expansion = expansions[first];
      if (expansion) addExpansion(builder, text, expansion, mode);
    } else {
      builder.exact(i, i + 1, mode);
      i++;
    }
  }
}

function skipTabs(text: string, at: number, tabs: boolean): number {
  let i = at;
  if (tabs) while (text.charAt(i) === "\t") i++;
  return i;
}
