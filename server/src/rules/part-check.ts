import type { Part } from "../formats/format.js";
import type { Position, Range } from "../text/line-index.js";
import type { Span } from "../text/span.js";
import { Document } from "../workspace/document.js";
import { type CheckInput, check } from "./check.js";
import type { Finding, RelatedLocation } from "./finding.js";
import { judgedText, reachAsides } from "./judged.js";
import { Moved } from "./moved.js";
import type { FixSource } from "./reported.js";

/**
 * Checks a long document part by part, and of a new version only the parts that changed. What it finds is what a check
 * of the whole document finds.
 */
export class PartCheck {
  /** The parts of the last version, in the order of its text. */
  private parts: readonly CheckedPart[] = [];
  /** What was found in them, each and all together. */
  private last: { readonly lists: readonly (readonly Finding[])[]; readonly all: readonly Finding[] } | undefined;

  /** @param fixesOf of a finding of the version that was checked last */
  constructor(private readonly fixesOf: FixSource) {}

  /** @returns undefined where the document has to be checked whole; the same list as long as nothing else is found */
  check(document: Document, input: CheckInput): readonly Finding[] | undefined {
    const format = document.format.parts;
    const cut = format?.cut(document.text);
    if (!format || !cut) return undefined;
    const { fixesOf } = this;
    const others = input.host.filter((other) => other !== document);
    const parts = this.follow(document, cut);
    this.parts = parts;
    const trees = parts.map((part) => part.document.tree);
    if (!format.standAlone(trees, document.text)) return undefined;
    const lists = parts.map((part, at) => {
      const lines = spansOf(cut[at]).map(({ start }) => document.lines.position(start).line);
      return part.findings({ lines, whole: document, others, input, fixesOf });
    });
    if (!this.last || !sameItems(this.last.lists, lists)) {
      const all = lists.flat();
      this.last = { lists, all: cut.some(({ context }) => context.length > 0) ? withoutEchoes(all) : all };
    }
    const { all } = this.last;
    const comparing = new Set<string>();
    for (const part of parts) for (const rule of part.comparing()) comparing.add(rule);
    if (comparing.size === 0) return all;
    const compared = check(document, input, (rule) => comparing.has(rule.id));
    return [...all.filter(({ rule }) => !comparing.has(rule)), ...compared];
  }

  /** The parts of a new version: most of them are those of the last. */
  private follow(document: Document, cut: readonly Part[]): readonly CheckedPart[] {
    const { parts } = this;
    const { text } = document;
    const isAt = (part: CheckedPart | undefined, at: number) => part?.stands(text, spansOf(cut[at])) ?? false;
    let same = 0;
    while (same < cut.length && isAt(parts[same], same)) same++;
    const grown = cut.length - parts.length;
    let last = cut.length;
    while (last > Math.max(same, same + grown) && isAt(parts[last - 1 - grown], last - 1)) last--;
    const before = new Map<string, CheckedPart[]>();
    for (const part of parts.slice(same, last - grown)) {
      const twins = before.get(part.judged) ?? [];
      before.set(part.judged, twins);
      twins.push(part);
    }
    const changed = cut.slice(same, last).map((here) => {
      const pieces = spansOf(here).map(({ start, end }) => text.slice(start, end));
      const judged = pieces.map((piece) => judgedText(piece, document.format)).join("\0\0");
      return before.get(judged)?.shift()?.as(pieces) ?? new CheckedPart(document, pieces, judged);
    });
    return [...parts.slice(0, same), ...changed, ...parts.slice(last - grown)];
  }
}

function spansOf(part: Part | undefined): readonly Span[] {
  return part ? [...part.context, ...part.own] : [];
}

interface RulesFound {
  readonly findings: readonly Finding[];
  /** The rules that called `RuleContext.needsWhole`. */
  readonly comparing: readonly string[];
}

/** A part with what was found in it. */
class CheckedPart {
  readonly document: Document;
  private pieces: readonly string[];
  /** The lines of its text at which the pieces begin. */
  private readonly seams: readonly number[];
  /** Of the rules that look at the part alone, and of those that look at its host. */
  private own: RulesFound | undefined;
  private shared: (RulesFound & { readonly others: readonly Document[] }) | undefined;
  private last: { readonly lines: readonly number[]; readonly findings: readonly Finding[] } | undefined;

  /**
   * @param pieces its text, as it lies apart in the document
   * @param judged what the rules judge of it
   */
  constructor(
    { uri, version, format }: Document,
    pieces: readonly string[],
    readonly judged: string,
  ) {
    // A slice would keep the whole text that it was cut from.
    this.pieces = pieces.map((piece) => ` ${piece}`.slice(1));
    this.document = new Document(uri, this.pieces.join(""), version, format);
    let at = 0;
    this.seams = pieces.map(({ length }) => {
      const { line } = this.document.lines.position(at);
      at += length;
      return line;
    });
  }

  /** Whether these spans of a text are the part. */
  stands(text: string, spans: readonly Span[]): boolean {
    return (
      spans.length === this.pieces.length &&
      this.pieces.every((piece, at) => {
        const { start = 0, end = 0 } = spans[at] ?? {};
        // A slice is compared faster than `startsWith` looks.
        return end - start === piece.length && text.slice(start, end) === piece;
      })
    );
  }

  /** The part with another text of which the rules judge the same; undefined where its findings would not be the same. */
  as(pieces: readonly string[]): this | undefined {
    const same = pieces.every((piece, at) => piece === this.pieces[at]);
    if (!same) {
      const found = [...(this.own?.findings ?? []), ...(this.shared?.findings ?? [])];
      if (pieces.length !== this.pieces.length || reachAsides(found, [this.document])) return undefined;
      this.pieces = pieces.map((piece) => ` ${piece}`.slice(1));
    }
    return this;
  }

  /** What is found in the part, by the lines of the whole document at which its spans begin. */
  findings({ lines, others, whole, input, fixesOf }: PartPlace): readonly Finding[] {
    const ask = (host: boolean): RulesFound => {
      const documents = input.host.map((document) => (document === whole ? this.document : document));
      const comparing = new Set<string>();
      const findings = check(
        this.document,
        { ...input, host: documents },
        (rule) => (rule.host ?? false) === host,
        ({ id }) => comparing.add(id),
      );
      this.last = undefined;
      return { findings, comparing: [...comparing] };
    };
    this.own ??= ask(false);
    if (!this.shared || !sameItems(this.shared.others, others)) this.shared = { ...ask(true), others };
    if (!this.last || !sameItems(this.last.lines, lines)) {
      const move = (range: Range): Range => ({
        start: this.place(range.start, lines),
        end: this.place(range.end, lines),
      });
      const { uri } = this.document;
      const place = {
        uri,
        range: move,
        related: (other: RelatedLocation) => (other.uri === uri ? { ...other, range: move(other.range) } : other),
      };
      const findings = [...this.own.findings, ...this.shared.findings].map(
        (finding) => new Moved(finding, place, fixesOf),
      );
      this.last = { lines, findings };
    }
    return this.last.findings;
  }

  /** The rules that have to be asked about the whole. */
  *comparing(): Iterable<string> {
    if (this.own) yield* this.own.comparing;
    if (this.shared) yield* this.shared.comparing;
  }

  private place({ line, character }: Position, lines: readonly number[]): Position {
    let at = this.seams.length - 1;
    while (at > 0 && (this.seams[at] ?? 0) > line) at--;
    return { line: line - (this.seams[at] ?? 0) + (lines[at] ?? 0), character };
  }
}

interface PartPlace {
  readonly lines: readonly number[];
  /** The document that it is a part of. */
  readonly whole: Document;
  /** The other documents of its host. */
  readonly others: readonly Document[];
  readonly input: CheckInput;
  readonly fixesOf: FixSource;
}

export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, at) => item === b[at]));
}

/** Each part finds the same in what all of them share. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, message, range: { start, end } }) => {
    const key = `${start.line}:${start.character}-${end.line}:${end.character} ${rule} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
