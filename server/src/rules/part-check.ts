import type { Position, Range } from "../text/line-index.js";
import type { Span } from "../text/span.js";
import { Document } from "../workspace/document.js";
import { type CheckInput, check } from "./check.js";
import type { Finding, RelatedLocation } from "./finding.js";
import { Moved } from "./moved.js";
import type { FixSource } from "./reported.js";

/**
 * Checks a long document part by part, and of a new version only the parts that changed. What it finds is what a check
 * of the whole document finds.
 */
export class PartCheck {
  /** The parts of the last version, by their text. */
  private parts: ReadonlyMap<string, readonly CheckedPart[]> = new Map();

  /**
   * @param fixesOf of a finding of this document
   * @returns undefined where the document has to be checked whole
   */
  check(document: Document, input: CheckInput, fixesOf: FixSource): Finding[] | undefined {
    const format = document.format.parts;
    const cut = format?.cut(document.text);
    if (!format || !cut) return undefined;
    const others = input.host.filter((other) => other !== document);
    const next = new Map<string, CheckedPart[]>();
    const placed: { readonly part: CheckedPart; readonly lines: readonly number[] }[] = [];
    for (const { context, own } of cut) {
      const spans = [...context, ...own];
      const text = spans.map(({ start, end }) => document.text.slice(start, end)).join("");
      const twins = next.get(text) ?? [];
      const part = this.parts.get(text)?.[twins.length] ?? new CheckedPart(document, text, spans);
      twins.push(part);
      next.set(text, twins);
      placed.push({ part, lines: spans.map(({ start }) => document.lines.position(start).line) });
    }
    this.parts = next;
    if (
      !format.standAlone(
        placed.map(({ part }) => part.document.tree),
        document.text,
      )
    )
      return undefined;
    const all = placed.flatMap(({ part, lines }) => part.findings({ lines, whole: document, others, input, fixesOf }));
    const found = cut.some(({ context }) => context.length > 0) ? withoutEchoes(all) : all;
    const comparing = new Set(placed.flatMap(({ part }) => part.comparing));
    if (comparing.size === 0) return found;
    const compared = check(document, input, (rule) => comparing.has(rule.id));
    return [...found.filter(({ rule }) => !comparing.has(rule)), ...compared];
  }
}

interface RulesFound {
  readonly findings: readonly Finding[];
  /** The rules that called `RuleContext.needsWhole`. */
  readonly comparing: readonly string[];
}

/** A part with what was found in it. */
class CheckedPart {
  readonly document: Document;
  /** The lines of its text at which the spans that it is made of begin. */
  private readonly seams: readonly number[];
  /** Of the rules that look at the part alone, and of those that look at its host. */
  private own: RulesFound | undefined;
  private shared: (RulesFound & { readonly others: readonly Document[] }) | undefined;
  private last: { readonly lines: readonly number[]; readonly findings: readonly Finding[] } | undefined;

  constructor({ uri, version, format }: Document, text: string, spans: readonly Span[]) {
    // A slice would keep the whole text that it was cut from.
    this.document = new Document(uri, ` ${text}`.slice(1), version, format);
    let at = 0;
    this.seams = spans.map(({ start, end }) => {
      const { line } = this.document.lines.position(at);
      at += end - start;
      return line;
    });
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
  get comparing(): readonly string[] {
    return [this.own, this.shared].flatMap((found) => found?.comparing ?? []);
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
